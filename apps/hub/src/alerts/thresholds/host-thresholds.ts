import type { HostThreshold } from '@hostdeck/contracts';
import {
  applyOverrides,
  overridesFor,
  selects,
  type SelectableHost,
  type StoredRule,
} from '../rules/effective-rule';

/** The thresholds that hold for a host: of the rules that are on, for hosts like it, and compare a value with a number. */
export function thresholdsOf(rules: readonly StoredRule[], host: SelectableHost): HostThreshold[] {
  return rules.flatMap((rule) => {
    if (!selects(rule.definition.hosts, host)) return [];
    const overrides = overridesFor(rule, host);
    const effective = applyOverrides(rule, overrides);
    if (effective === null) return [];
    const { id, name, severity, condition } = effective;
    if (condition.kind !== 'above' && condition.kind !== 'below') return [];
    const { kind, metric, instance, threshold, clear } = condition;
    return [
      {
        ruleId: id,
        name,
        severity,
        kind,
        metric,
        instance,
        threshold,
        clear: clear === undefined || clear === threshold ? null : clear,
        for: effective.for,
        isOverridden: overrides.length > 0,
      },
    ];
  });
}
