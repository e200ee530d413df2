/**
 * The body of a webhook as somebody wants it: JSON in whose strings `{{name}}` stands for a value. The JSON is read before anything is
 * put in, so that no value can be more than a string in it, whatever a host is called.
 */
import { headingOf, textOf, toneOf, worstOf, type Notice } from '../message/notice';

type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** Nesting that a template may have. */
const DEEPEST = 20;
const PLACEHOLDER = /\{\{\s*(\w+)\s*\}\}/g;

/** The messages of a notice as data: what a webhook sends without a template. */
export function messagesOf({ messages }: Notice): Json[] {
  return messages.map((message) => ({
    key: message.key,
    incident: message.incidentId,
    kind: message.kind,
    severity: message.severity,
    title: message.title,
    text: message.text,
    hosts: message.hosts.map(({ id, name }) => ({ id, name })),
    tags: [...message.tags],
    rules: [...message.rules],
    facts: message.facts.map(({ label, value }) => ({ label, value })),
    startedAt: message.startedAt,
    sentAt: message.sentAt,
    resolvedAt: message.resolvedAt,
    path: message.path,
  }));
}

/** What the placeholders stand for; of a digest, for its last message where they speak of one. */
const VALUES = {
  key: ({ key }) => key,
  heading: headingOf,
  text: textOf,
  status: (notice) => (worstOf(notice) === 'resolved' ? 'resolved' : 'firing'),
  severity: (notice) => lastOf(notice).severity,
  tone: (notice) => toneOf(lastOf(notice)),
  kind: (notice) => lastOf(notice).kind,
  incident: (notice) => lastOf(notice).incidentId,
  title: (notice) => lastOf(notice).title,
  hosts: (notice) => distinct(notice, ({ hosts }) => hosts.map(({ name }) => name)),
  tags: (notice) => distinct(notice, ({ tags }) => tags),
  rules: (notice) => distinct(notice, ({ rules }) => rules),
  startedAt: (notice) => lastOf(notice).startedAt,
  sentAt: (notice) => lastOf(notice).sentAt,
  resolvedAt: (notice) => lastOf(notice).resolvedAt,
  link: ({ link }) => link,
  count: ({ messages }) => messages.length,
  messages: messagesOf,
} as const satisfies Readonly<Record<string, (notice: Notice) => Json>>;

type Name = keyof typeof VALUES;

function isName(name: string): name is Name {
  return Object.hasOwn(VALUES, name);
}

function lastOf({ messages }: Notice): Notice['messages'][0] {
  return messages.at(-1) ?? messages[0];
}

function distinct(
  { messages }: Notice,
  listOf: (message: Notice['messages'][0]) => readonly string[],
): string[] {
  return [...new Set(messages.flatMap(listOf))];
}

function asText(value: Json): string {
  if (value === null) return '';
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) {
    return value.join(', ');
  }
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function fillText(text: string, notice: Notice): Json {
  const alone = /^\{\{\s*(\w+)\s*\}\}$/.exec(text)?.[1];
  // Alone in its string a placeholder keeps its type: a number, a list.
  if (alone !== undefined && isName(alone)) return VALUES[alone](notice);
  return text.replace(PLACEHOLDER, (whole, name: string) =>
    isName(name) ? asText(VALUES[name](notice)) : whole,
  );
}

function fill(template: Json, notice: Notice): Json {
  if (typeof template === 'string') return fillText(template, notice);
  if (Array.isArray(template)) return template.map((item) => fill(item, notice));
  if (typeof template !== 'object' || template === null) return template;
  return Object.fromEntries(
    Object.entries(template).map(([name, value]) => [name, fill(value, notice)]),
  );
}

function depthOf(template: Json): number {
  if (typeof template !== 'object' || template === null) return 0;
  return 1 + Math.max(0, ...Object.values(template).map(depthOf));
}

/** What is wrong with a template, for people; `null` when nothing is. */
export function complaintAbout(text: string): string | null {
  let template: Json;
  try {
    template = JSON.parse(text) as Json;
    if (depthOf(template) > DEEPEST) return 'the JSON is nested too deeply';
  } catch {
    // The message of the parser names a position that nobody looks up.
    return 'expected JSON';
  }
  const unknown = [...text.matchAll(PLACEHOLDER)].find(([, name = '']) => !isName(name))?.[1];
  if (unknown === undefined) return null;
  return `there is no {{${unknown}}}; there are ${Object.keys(VALUES).join(', ')}`;
}

/** Puts the values of a notice into a template that has nothing wrong with it. */
export function fillTemplate(text: string, notice: Notice): string {
  return JSON.stringify(fill(JSON.parse(text) as Json, notice));
}
