import {
  matchesPattern,
  overriddenCondition,
  type AlertOverride,
  type AlertRuleDefinition,
  type Condition,
  type HostSelector,
  type Severity,
} from '@hostdeck/contracts';

/** What rules and silences choose hosts by. */
export interface SelectableHost {
  readonly id: string;
  readonly name: string;
  readonly tags: readonly string[];
}

/** A rule as it is kept. */
export interface StoredRule {
  readonly id: string;
  readonly definition: AlertRuleDefinition;
  readonly isDefault: boolean;
  readonly overrides: readonly AlertOverride[];
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** A rule as it holds for one host or several: overrides are applied. */
export interface EffectiveRule {
  readonly id: string;
  readonly name: string;
  readonly condition: Condition;
  readonly severity: Severity;
  readonly for: number;
  readonly clearFor: number;
  readonly repeatAfter: number | null;
  readonly escalate: AlertRuleDefinition['escalate'];
  readonly message: string | null;
}

/** Whether a selector chooses the host. */
export function selects({ tags, name }: HostSelector, host: SelectableHost): boolean {
  return (
    tags.every((tag) => host.tags.includes(tag)) &&
    (name === null || matchesPattern(name, host.name))
  );
}

/** The overrides of a rule that concern the host: those of its tags in their order, its own last. */
export function overridesFor(rule: StoredRule, host: SelectableHost): AlertOverride[] {
  if (rule.overrides.length === 0) return [];
  const ofTags = host.tags.flatMap((tag) =>
    rule.overrides.filter(({ target }) => 'tag' in target && target.tag === tag),
  );
  const own = rule.overrides.filter(({ target }) => 'host' in target && target.host === host.id);
  return [...ofTags, ...own];
}

/** The rule with overrides on it, the later ones over the earlier; `null` when it does not apply. */
export function applyOverrides(
  { id, definition }: StoredRule,
  overrides: readonly AlertOverride[],
): EffectiveRule | null {
  let isEnabled = definition.enabled;
  let rule: EffectiveRule = {
    id,
    name: definition.name,
    condition: definition.condition,
    severity: definition.severity,
    for: definition.for,
    clearFor: definition.clearFor,
    repeatAfter: definition.repeatAfter,
    escalate: definition.escalate,
    message: definition.message,
  };
  for (const override of overrides) {
    if (definition.enabled) isEnabled = override.enabled ?? isEnabled;
    rule = {
      ...rule,
      condition: overriddenCondition(rule.condition, override),
      severity: override.severity ?? rule.severity,
      for: override.for ?? rule.for,
    };
  }
  return isEnabled ? rule : null;
}
