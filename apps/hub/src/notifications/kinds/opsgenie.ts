import type { IncidentMessage } from '@hostdeck/contracts';
import { z } from 'zod';
import { cut } from '../message/cut';
import { plainText } from '../message/notice';
import { jsonRequest } from '../sending/outgoing';
import { below, secretField, serverField } from './fields';
import { defineKind } from './kind';

/** Limits of an alert (docs.opsgenie.com/docs/alert-api). */
const MESSAGE = 130;
const DESCRIPTION = 15_000;
const TAGS = 20;
const TAG = 50;
const DETAILS = 20;
const DETAIL = 300;

const PRIORITIES: Readonly<Record<IncidentMessage['severity'], string>> = {
  critical: 'P1',
  warning: 'P3',
  info: 'P5',
};

/** Opsgenie and Jira Service Management. One alert per incident: the incident's id is the alias that a resolution closes. */
export const opsgenie = defineKind({
  kind: 'opsgenie',
  label: 'Opsgenie',
  digests: false,
  config: z.strictObject({
    server: serverField('https://api.opsgenie.com'),
    apiKey: secretField('API key', 'Of an API integration'),
  }),
  destination: ['server'],
  render: (notice, { server, apiKey }) =>
    notice.messages.map((message) => {
      const alias = `hostdeck-${message.incidentId}`.slice(0, 512);
      const headers = { authorization: `GenieKey ${apiKey}` };
      if (message.kind === 'resolved') {
        const path = `v2/alerts/${encodeURIComponent(alias)}/close?identifierType=alias`;
        const note = cut(message.title, 1_000);
        const close = jsonRequest(below(server, path), { source: 'Hostdeck', note }, headers);
        return { ...close, part: message.key };
      }
      const alert = {
        message: cut(message.title, MESSAGE),
        alias,
        description: cut(plainText({ ...notice, messages: [message] }), DESCRIPTION),
        priority: PRIORITIES[message.severity],
        source: 'Hostdeck',
        entity: cut(message.hosts.map(({ name }) => name).join(', '), 512),
        tags: message.tags.slice(0, TAGS).map((tag) => cut(tag, TAG)),
        details: Object.fromEntries(
          message.facts
            .slice(0, DETAILS)
            .map(({ label, value }) => [cut(label, 80), cut(value, DETAIL)]),
        ),
      };
      return { ...jsonRequest(below(server, 'v2/alerts'), alert, headers), part: message.key };
    }),
});
