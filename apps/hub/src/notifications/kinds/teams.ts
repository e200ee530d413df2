import { z } from 'zod';
import { cut, cutBytes } from '../message/cut';
import { factsOf, headingOf, textOf, worstOf, type Tone } from '../message/notice';
import { jsonRequest } from '../sending/outgoing';
import { secretAddressField } from './fields';
import { defineKind } from './kind';

/** A message of a workflow has at most 28 KB (learn.microsoft.com, "Create incoming webhooks with Workflows"). */
const TEXT_BYTES = 8_000;
const HEADING = 300;
const FACTS = 20;

const COLOURS: Readonly<Record<Tone, string>> = {
  critical: 'attention',
  warning: 'warning',
  info: 'accent',
  resolved: 'good',
};

interface Run {
  readonly text: string;
  readonly weight?: 'bolder';
  readonly size?: 'medium';
  readonly color?: string;
}

/** A text block would read Markdown in what a host is called; the runs of a rich text block are plain. */
function plain(...runs: Run[]): object {
  return {
    type: 'RichTextBlock',
    inlines: runs.map((run) => ({ type: 'TextRun', ...run })),
  };
}

/** Microsoft Teams: an adaptive card (adaptivecards.io, schema 1.4) to a workflow that starts "when a webhook request is received". */
export const teams = defineKind({
  kind: 'teams',
  label: 'Microsoft Teams',
  digests: true,
  config: z.strictObject({
    url: secretAddressField('Webhook address', 'Of a workflow that posts to a channel or chat'),
  }),
  destination: [],
  render: (notice, { url }) => {
    const heading = cut(headingOf(notice), HEADING);
    const content = {
      $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
      type: 'AdaptiveCard',
      version: '1.4',
      body: [
        plain({ text: heading, weight: 'bolder', size: 'medium', color: COLOURS[worstOf(notice)] }),
        ...cutBytes(textOf(notice), TEXT_BYTES)
          .split('\n')
          .filter((line) => line.trim() !== '')
          .slice(0, 60)
          .map((text) => plain({ text })),
        ...factsOf(notice)
          .slice(0, FACTS)
          .map(({ label, value }) =>
            plain({ text: `${cut(label, 80)}: `, weight: 'bolder' }, { text: cut(value, 150) }),
          ),
      ],
      actions:
        notice.link === null
          ? []
          : [{ type: 'Action.OpenUrl', title: 'Open in Hostdeck', url: notice.link }],
    };
    return [
      jsonRequest(url, {
        type: 'message',
        attachments: [
          { contentType: 'application/vnd.microsoft.card.adaptive', contentUrl: null, content },
        ],
      }),
    ];
  },
});
