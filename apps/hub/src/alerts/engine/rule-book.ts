import type { SeriesLayout } from '../../schemas/layout';
import {
  isMetricCondition,
  looksBack,
  type HostCondition,
  type LookingBack,
} from '../evaluation/judges';
import { checksOf, type Check } from '../evaluation/plan';
import {
  applyOverrides,
  overridesFor,
  selects,
  type EffectiveRule,
  type SelectableHost,
  type StoredRule,
} from '../rules/effective-rule';

/** A rule about hosts as a whole. */
export interface HostRule {
  readonly rule: EffectiveRule;
  readonly condition: HostCondition;
}

/** A rule that looks back. */
export interface TrendRule {
  readonly ruleId: string;
  readonly condition: LookingBack;
  /** Another rule, or the rule with another condition, has another name. */
  readonly name: string;
}

/** Plans kept of one profile: hosts change their layout seldom. */
const KEPT_PLANS = 1_000;

/** The rules that apply to a host, in one object for all hosts with just these. */
export class Profile {
  readonly hostRules: readonly HostRule[];
  readonly trendRules: readonly TrendRule[];
  private readonly plans = new Map<number, readonly Check[]>();

  constructor(readonly rules: readonly EffectiveRule[]) {
    this.hostRules = rules.flatMap((rule) =>
      isMetricCondition(rule.condition) ? [] : [{ rule, condition: rule.condition }],
    );
    this.trendRules = rules.flatMap(({ id, condition }) =>
      looksBack(condition)
        ? [{ ruleId: id, condition, name: `${id} ${JSON.stringify(condition)}` }]
        : [],
    );
  }

  /** The checks on the values of a layout. */
  planOf({ number, series }: SeriesLayout): readonly Check[] {
    const known = this.plans.get(number);
    if (known !== undefined) return known;
    if (this.plans.size >= KEPT_PLANS) this.plans.clear();
    const plan = this.rules.flatMap((rule) => checksOf(rule, series));
    this.plans.set(number, plan);
    return plan;
  }
}

/** All rules of one moment, compiled for hosts as they are met. */
export class RuleBook {
  private readonly profiles = new Map<string, Profile>();
  private readonly variants = new Map<string, EffectiveRule | null>();

  constructor(private readonly rules: readonly StoredRule[]) {}

  profileOf(host: SelectableHost): Profile {
    const applied: EffectiveRule[] = [];
    const names: string[] = [];
    for (const rule of this.rules) {
      if (!selects(rule.definition.hosts, host)) continue;
      const overrides = overridesFor(rule, host);
      const name =
        overrides.length === 0
          ? rule.id
          : rule.id + JSON.stringify(overrides.map((one) => ({ ...one, target: null })));
      let effective = this.variants.get(name);
      if (effective === undefined) {
        effective = applyOverrides(rule, overrides);
        this.variants.set(name, effective);
      }
      if (effective === null) continue;
      applied.push(effective);
      names.push(name);
    }
    const key = names.join('\n');
    let profile = this.profiles.get(key);
    if (profile === undefined) {
      profile = new Profile(applied);
      this.profiles.set(key, profile);
    }
    return profile;
  }
}
