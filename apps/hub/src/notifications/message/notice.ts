import { toDisplayText, type IncidentMessage } from '@hostdeck/contracts';

/** What a channel is to say at once: one message, or several as a digest. */
export interface Notice {
  /** Idempotency key of the whole. */
  readonly key: string;
  /** At least one, in the order they were queued. */
  readonly messages: readonly [IncidentMessage, ...IncidentMessage[]];
  /** Address of the page to look at; `null` when the hub does not know where people reach it. */
  readonly link: string | null;
}

type Severity = IncidentMessage['severity'];

/** What is wrong now: a severity, or that it is over. */
export type Tone = Severity | 'resolved';

const TONES: readonly Tone[] = ['critical', 'warning', 'info', 'resolved'];

const WORDS: Readonly<Record<Tone, string>> = {
  critical: 'Critical',
  warning: 'Warning',
  info: 'Info',
  resolved: 'Resolved',
};

const lines = (text: string) =>
  text
    .split(/\r\n|\n|\r/)
    .map(toDisplayText)
    .join('\n');

/** A message whose texts are legible whatever a host is called: controls and bidirectional marks are replaced. */
function legible(message: IncidentMessage): IncidentMessage {
  return {
    ...message,
    title: toDisplayText(message.title),
    text: lines(message.text),
    hosts: message.hosts.map(({ id, name }) => ({ id, name: toDisplayText(name) })),
    tags: message.tags.map(toDisplayText),
    rules: message.rules.map(toDisplayText),
    facts: message.facts.map(({ label, value }) => ({
      label: toDisplayText(label),
      value: toDisplayText(value),
    })),
  };
}

/**
 * A notice of messages.
 *
 * @param publicUrl where people reach the hub, without a trailing slash; `null`: not known
 */
export function noticeOf(
  key: string,
  messages: Notice['messages'],
  publicUrl: string | null,
): Notice {
  const [first, ...others] = messages;
  const path = others.length === 0 ? first.path : '/alerts';
  return {
    key,
    messages: [legible(first), ...others.map(legible)],
    link: publicUrl === null ? null : `${publicUrl}${path.startsWith('/') ? path : `/${path}`}`,
  };
}

/** How bad one message is. */
export function toneOf(message: IncidentMessage): Tone {
  return message.kind === 'resolved' ? 'resolved' : message.severity;
}

/** How bad the worst of it is. */
export function worstOf({ messages }: Notice): Tone {
  return TONES.find((tone) => messages.some((message) => toneOf(message) === tone)) ?? 'info';
}

/** One line: `Critical: …`; a title that says it already is left as it is. */
function headline(message: IncidentMessage): string {
  const begin = `${WORDS[toneOf(message)]}: `;
  return message.title.startsWith(begin) ? message.title : begin + message.title;
}

/** One line for the whole; of a digest how many there are of each. */
export function headingOf({ messages }: Notice): string {
  if (messages.length === 1) return headline(messages[0]);
  const counts = TONES.flatMap((tone) => {
    const count = messages.filter((message) => toneOf(message) === tone).length;
    return count === 0 ? [] : [`${count} ${WORDS[tone].toLowerCase()}`];
  });
  return `${messages.length} messages: ${counts.join(', ')}`;
}

/** The text below the heading; of a digest one line for every message. */
export function textOf({ messages }: Notice): string {
  return messages.length === 1 ? messages[0].text : messages.map(headline).join('\n');
}

/** Facts of a single message; a digest has none. */
export function factsOf({ messages }: Notice): IncidentMessage['facts'] {
  return messages.length === 1 ? messages[0].facts : [];
}

/** Text, facts and link as plain text. */
export function plainText(notice: Notice): string {
  const facts = factsOf(notice).map(({ label, value }) => `${label}: ${value}`);
  return [textOf(notice), facts.join('\n'), notice.link ?? '']
    .filter((part) => part !== '')
    .join('\n\n');
}
