import { z } from 'zod';
import { cut } from '../message/cut';
import { plainText } from '../message/notice';
import { jsonRequest } from '../sending/outgoing';
import { below, secretField, serverField } from './fields';
import { defineKind } from './kind';

/** Limits of an event (developer.pagerduty.com/docs/send-alert-event): a summary has 1,024 characters, an event 512 KB. */
const SUMMARY = 1_024;
const DETAIL = 20_000;
const FACTS = 50;

/** PagerDuty, Events API v2. One alert per incident: the incident's id is the `dedup_key` that a resolution closes. */
export const pagerduty = defineKind({
  kind: 'pagerduty',
  label: 'PagerDuty',
  digests: false,
  config: z.strictObject({
    server: serverField('https://events.pagerduty.com'),
    routingKey: secretField('Integration key', 'Of an Events API v2 integration of a service'),
  }),
  destination: ['server'],
  render: (notice, { server, routingKey }) =>
    notice.messages.map((message) => ({
      ...jsonRequest(below(server, 'v2/enqueue'), {
        routing_key: routingKey,
        event_action: message.kind === 'resolved' ? 'resolve' : 'trigger',
        dedup_key: `hostdeck-${message.incidentId}`.slice(0, 255),
        client: 'Hostdeck',
        payload: {
          summary: cut(message.title, SUMMARY),
          source: message.hosts[0]?.name ?? 'Hostdeck',
          severity: message.severity,
          timestamp: new Date(message.startedAt).toISOString(),
          component: message.rules.join(', ').slice(0, 255),
          custom_details: {
            text: cut(plainText({ ...notice, messages: [message], link: null }), DETAIL),
            hosts: message.hosts.map(({ name }) => name),
            tags: message.tags,
            facts: Object.fromEntries(
              message.facts.slice(0, FACTS).map(({ label, value }) => [label, cut(value, 1_000)]),
            ),
          },
        },
        ...(notice.link === null
          ? {}
          : { links: [{ href: notice.link, text: 'Open in Hostdeck' }], client_url: notice.link }),
      }),
      part: message.key,
    })),
});
