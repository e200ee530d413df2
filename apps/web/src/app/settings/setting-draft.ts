import {
  type AgentSettings,
  type CollectorName,
  type SettingName,
  type SettingsOverride,
  SettingsOverrideSchema,
} from '@hostdeck/contracts';
import { SETTINGS_TEXTS } from './settings.texts';

/** A value as it is being put in. */
export type SettingDraft =
  | { readonly kind: 'interval'; readonly seconds: string }
  | { readonly kind: 'switch'; readonly on: boolean }
  | { readonly kind: 'collectors'; readonly disabled: readonly CollectorName[] }
  | { readonly kind: 'selection'; readonly include: string; readonly skip: string }
  | { readonly kind: 'patterns'; readonly lines: string }
  | { readonly kind: 'commandLines'; readonly value: AgentSettings['commandLines'] };

/** What came of a draft: the setting, or what is wrong with it. */
export type DraftOutcome =
  | { readonly ok: true; readonly override: SettingsOverride }
  | { readonly ok: false; readonly errors: readonly string[] };

/** The value in force, to be changed. */
export function draftOf(name: SettingName, settings: AgentSettings): SettingDraft {
  switch (name) {
    case 'interval':
    case 'watchedInterval':
      return { kind: 'interval', seconds: String(settings[name] / 1_000) };
    case 'adaptive':
    case 'networkMounts':
      return { kind: 'switch', on: settings[name] };
    case 'disabled':
      return { kind: 'collectors', disabled: settings.disabled };
    case 'mounts':
    case 'disks':
    case 'interfaces':
    case 'containers':
    case 'processes': {
      const { include, skip } = settings[name];
      return { kind: 'selection', include: include.join('\n'), skip: skip.join('\n') };
    }
    case 'services':
      return { kind: 'patterns', lines: settings.services.join('\n') };
    case 'commandLines':
      return { kind: 'commandLines', value: settings.commandLines };
  }
}

/** Reads a draft by the same rules as the hub. */
export function readDraft(name: SettingName, draft: SettingDraft): DraftOutcome {
  const read = SettingsOverrideSchema.safeParse({ [name]: valueOf(draft) });
  if (read.success) return { ok: true, override: read.data };
  // The rule counts in milliseconds, people in seconds.
  if (draft.kind === 'interval') return { ok: false, errors: [SETTINGS_TEXTS.badInterval] };
  return { ok: false, errors: [...new Set(read.error.issues.map(({ message }) => message))] };
}

function valueOf(draft: SettingDraft): unknown {
  switch (draft.kind) {
    case 'interval':
      return Math.round(Number.parseFloat(draft.seconds.replace(',', '.')) * 1_000);
    case 'switch':
      return draft.on;
    case 'collectors':
      return draft.disabled;
    case 'selection':
      return { include: lines(draft.include), skip: lines(draft.skip) };
    case 'patterns':
      return lines(draft.lines);
    case 'commandLines':
      return draft.value;
  }
}

function lines(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}
