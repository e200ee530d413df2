import {
  type AlertOverride,
  AlertOverrideSchema,
  type AlertRule,
  type Condition,
  ConditionSchema,
  type HostSelector,
  type NewAlertRule,
  overriddenCondition,
  type Severity,
} from '@hostdeck/contracts';
import type { ScaledValue } from '../fields/scaled-field';
import { OVERRIDES_TEXTS } from './overrides.texts';

const TEXTS = OVERRIDES_TEXTS.form;

export const OVERRIDE_KINDS = ['host', 'tag'] as const;
/** `off`, `on`: the rule does not apply there, or does whatever tags say. */
export const OVERRIDE_EFFECTS = ['other', 'off', 'on'] as const;

/** An exception as it is being written; what is empty is as in the rule. */
export interface OverrideDraft {
  readonly kind: (typeof OVERRIDE_KINDS)[number];
  readonly hostId: string;
  readonly tag: string;
  readonly effect: (typeof OVERRIDE_EFFECTS)[number];
  /** In the unit of the metric. */
  readonly threshold: ScaledValue;
  readonly clear: ScaledValue;
  /** Ms. */
  readonly for: ScaledValue;
  readonly severity: Severity | '';
}

/** What a new exception begins with. */
export const NEW_OVERRIDE: OverrideDraft = {
  kind: 'host',
  hostId: '',
  tag: '',
  effect: 'other',
  threshold: null,
  clear: null,
  for: null,
  severity: '',
};

/** An exception to go on writing. */
export function toOverrideDraft(override: AlertOverride): OverrideDraft {
  const { target, enabled } = override;
  return {
    ...('host' in target
      ? { kind: 'host', hostId: target.host, tag: '' }
      : { kind: 'tag', hostId: '', tag: target.tag }),
    effect: enabled === undefined ? 'other' : enabled ? 'on' : 'off',
    threshold: override.threshold ?? null,
    clear: override.clear ?? null,
    for: override.for ?? null,
    severity: override.severity ?? '',
  };
}

/** The exception, or what is wrong with it by the name of the field; what belongs to none is said of `effect`. */
export type ReadOverride =
  | { readonly override: AlertOverride; readonly errors: null }
  | { readonly override: null; readonly errors: ReadonlyMap<keyof OverrideDraft, string> };

/** Reads what was written, as the hub does. */
export function readOverride(draft: OverrideDraft, condition: Condition): ReadOverride {
  const errors = new Map<keyof OverrideDraft, string>();
  const value = (field: 'threshold' | 'clear' | 'for') => {
    const written = draft[field];
    if (written === 'wrong') errors.set(field, TEXTS.noNumber);
    return typeof written === 'number' ? { [field]: written } : {};
  };
  const isHost = draft.kind === 'host';
  if (isHost && draft.hostId === '') errors.set('hostId', TEXTS.noHost);
  if (!isHost && draft.tag.trim() === '') errors.set('tag', TEXTS.noTag);
  const values =
    draft.effect === 'off'
      ? {}
      : {
          ...('threshold' in condition ? value('threshold') : {}),
          ...(hasClear(condition) ? value('clear') : {}),
          ...value('for'),
          ...(draft.severity === '' ? {} : { severity: draft.severity }),
        };
  const enabled = draft.effect === 'other' ? {} : { enabled: draft.effect === 'on' };
  if (draft.effect === 'other' && Object.keys(values).length === 0 && errors.size === 0) {
    errors.set('effect', TEXTS.nothing);
  }
  if (errors.size > 0) return { override: null, errors };
  const target = isHost ? { host: draft.hostId } : { tag: draft.tag };
  const read = AlertOverrideSchema.safeParse({ target, ...enabled, ...values });
  if (!read.success) return { override: null, errors: errorsOf(read.error.issues, draft) };
  const meant = ConditionSchema.safeParse(overriddenCondition(condition, read.data));
  return meant.success
    ? { override: read.data, errors: null }
    : { override: null, errors: errorsOf(meant.error.issues, draft) };
}

/** The rule as it would hold for whom the exception is, and only for them. */
export function ruleWith(
  rule: AlertRule,
  override: AlertOverride,
): { readonly rule: NewAlertRule; readonly host: string | null } {
  const { target } = override;
  const hosts: HostSelector =
    'tag' in target
      ? { ...rule.hosts, tags: [...new Set([...rule.hosts.tags, target.tag])] }
      : rule.hosts;
  return {
    host: 'host' in target ? target.host : null,
    rule: {
      name: rule.name,
      enabled: override.enabled ?? rule.enabled,
      severity: override.severity ?? rule.severity,
      hosts,
      condition: overriddenCondition(rule.condition, override),
      for: override.for ?? rule.for,
      clearFor: rule.clearFor,
    },
  };
}

/** Whether an alert can be cleared by a value of its own. */
export function hasClear({ kind }: Condition): boolean {
  return kind === 'above' || kind === 'below';
}

interface Issue {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

function errorsOf(
  issues: readonly Issue[],
  { kind }: OverrideDraft,
): ReadonlyMap<keyof OverrideDraft, string> {
  const errors = new Map<keyof OverrideDraft, string>();
  for (const { path, message } of issues) {
    const field = fieldOf(String(path[0] ?? ''), kind);
    if (!errors.has(field)) errors.set(field, message);
  }
  return errors;
}

function fieldOf(name: string, kind: OverrideDraft['kind']): keyof OverrideDraft {
  switch (name) {
    case 'target':
      return kind === 'host' ? 'hostId' : 'tag';
    case 'threshold':
    case 'clear':
    case 'for':
    case 'severity':
      return name;
    default:
      return 'effect';
  }
}
