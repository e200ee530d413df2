import { type NewSilence, NewSilenceSchema } from '@hostdeck/contracts';
import { parseTags } from '../../fleet/tag-list';
import type { ScaledValue } from '../fields/scaled-field';
import { SILENCES_TEXTS } from './silences.texts';

export const SILENCE_KINDS = ['now', 'once', 'recurring'] as const;
export type SilenceKind = (typeof SILENCE_KINDS)[number];

/** A silence as it is being written. */
export interface SilenceDraft {
  readonly reason: string;
  readonly tags: string;
  readonly hostName: string;
  /** Id of the one rule it is for; empty: all. */
  readonly ruleId: string;
  readonly kind: SilenceKind;
  /** As a field for a moment has it, in the viewer's zone: `2026-03-01T02:00`. */
  readonly from: string;
  /** Ms. */
  readonly length: ScaledValue;
  readonly cron: string;
  readonly timeZone: string;
}

/** What a new silence begins with: an hour from now on. */
export function newSilence(timeZone: string): SilenceDraft {
  return {
    reason: '',
    tags: '',
    hostName: '',
    ruleId: '',
    kind: 'now',
    from: '',
    length: 3_600_000,
    cron: '0 2 * * 0',
    timeZone,
  };
}

/** The silence, or what is wrong with it by the name of the field. */
export type ReadSilence =
  | { readonly silence: NewSilence; readonly errors: null }
  | { readonly silence: null; readonly errors: ReadonlyMap<keyof SilenceDraft, string> };

/** Fields of a silence that another field of the form stands for. */
const FIELD_OF: Readonly<Record<string, keyof SilenceDraft>> = {
  'hosts.tags': 'tags',
  'hosts.name': 'hostName',
  'schedule.from': 'from',
  'schedule.until': 'length',
  'schedule.duration': 'length',
  'schedule.cron': 'cron',
  'schedule.timeZone': 'timeZone',
};

/** Reads what was written, as the hub does. @param now ms since the epoch on the hub's clock */
export function readSilence(draft: SilenceDraft, now: number): ReadSilence {
  const errors = new Map<keyof SilenceDraft, string>();
  const { length } = draft;
  if (typeof length !== 'number') errors.set('length', SILENCES_TEXTS.form.noLength);
  const lasts = typeof length === 'number' ? length : 1;
  const begins = draft.kind === 'once' ? new Date(draft.from).getTime() : now;
  if (Number.isNaN(begins)) errors.set('from', SILENCES_TEXTS.form.noTime);
  const from = Number.isNaN(begins) ? now : begins;
  const read = NewSilenceSchema.safeParse({
    reason: draft.reason,
    hosts: {
      tags: parseTags(draft.tags),
      name: draft.hostName.trim() === '' ? null : draft.hostName,
    },
    rules: draft.ruleId === '' ? [] : [draft.ruleId],
    schedule:
      draft.kind === 'recurring'
        ? { kind: 'recurring', cron: draft.cron, timeZone: draft.timeZone, duration: lasts }
        : { kind: 'once', from, until: from + lasts },
  });
  for (const { path, message } of read.error?.issues ?? []) {
    const [first = '', second = ''] = path.map(String);
    const field = FIELD_OF[`${first}.${second}`] ?? 'reason';
    if (!errors.has(field)) errors.set(field, message);
  }
  return errors.size === 0 && read.success
    ? { silence: read.data, errors: null }
    : { silence: null, errors };
}
