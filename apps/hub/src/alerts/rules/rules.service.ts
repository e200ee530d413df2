import { EventEmitter } from 'node:events';
import {
  ConditionSchema,
  DEFAULT_ALERT_SETTINGS,
  MAX_OVERRIDES_PER_RULE,
  MAX_RULES,
  overriddenCondition,
  type AlertOverride,
  type AlertRuleChange,
  type AlertRuleDefinition,
  type AlertSettings,
} from '@hostdeck/contracts';
import { Inject, Injectable } from '@nestjs/common';
import { newId } from '../../auth/secrets';
import { CLOCK, type Clock } from '../../config/tokens';
import { Lock } from '../../database/lock';
import { ProblemError } from '../../problems/problem';
import { defaultRules } from './default-rules';
import type { StoredRule } from './effective-rule';
import { placeOf, RulesRepository } from './rules.repository';

/** Every rule, in memory and in the database. */
@Injectable()
export class RulesService {
  readonly events = new EventEmitter<{ changed: [] }>();
  private rules = new Map<string, StoredRule>();
  private grouping: AlertSettings = DEFAULT_ALERT_SETTINGS;
  /** Changes read first and write then: one after the other. */
  private readonly lock = new Lock();

  constructor(
    @Inject(RulesRepository) private readonly repository: RulesRepository,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  /** Reads the rules; a new database gets those that come with Hostdeck. */
  async load(): Promise<void> {
    const at = this.now();
    const { groupPrefix, groupWait } = DEFAULT_ALERT_SETTINGS;
    // A ms apart, so that they stay in their order.
    const seeds = defaultRules().map((definition, index): StoredRule => {
      const createdAt = at + index;
      return {
        id: newId(),
        definition,
        isDefault: true,
        overrides: [],
        createdAt,
        updatedAt: createdAt,
      };
    });
    await this.repository.seed(seeds, { group_prefix: groupPrefix, group_wait: groupWait });
    this.rules = new Map((await this.repository.all()).map((rule) => [rule.id, rule]));
    const settings = await this.repository.settings();
    if (settings !== null) {
      this.grouping = { groupPrefix: settings.group_prefix, groupWait: settings.group_wait };
    }
  }

  /** How alerts are grouped. */
  get settings(): AlertSettings {
    return this.grouping;
  }

  async changeSettings(settings: AlertSettings): Promise<void> {
    const { groupPrefix, groupWait } = settings;
    await this.repository.saveSettings({ group_prefix: groupPrefix, group_wait: groupWait });
    this.grouping = settings;
  }

  all(): StoredRule[] {
    return [...this.rules.values()];
  }

  find(id: string): StoredRule | null {
    return this.rules.get(id) ?? null;
  }

  /** @throws {ProblemError} when there is none of that id. */
  get(id: string): StoredRule {
    const rule = this.find(id);
    if (rule === null) throw new ProblemError('not_found', 'there is no such rule');
    return rule;
  }

  create(definition: AlertRuleDefinition): Promise<StoredRule> {
    return this.inTurn(async () => {
      if (this.rules.size >= MAX_RULES) {
        throw new ProblemError('conflict', `there are ${MAX_RULES} rules: remove one first`);
      }
      const at = this.now();
      return this.keep({
        id: newId(),
        definition,
        isDefault: false,
        overrides: [],
        createdAt: at,
        updatedAt: at,
      });
    });
  }

  change(id: string, change: AlertRuleChange): Promise<StoredRule> {
    return this.inTurn(async () => {
      const rule = this.get(id);
      const { definition } = rule;
      return this.keep({
        ...rule,
        definition: {
          name: change.name ?? definition.name,
          enabled: change.enabled ?? definition.enabled,
          severity: change.severity ?? definition.severity,
          hosts: change.hosts ?? definition.hosts,
          condition: change.condition ?? definition.condition,
          for: change.for ?? definition.for,
          clearFor: change.clearFor ?? definition.clearFor,
          repeatAfter:
            change.repeatAfter === undefined ? definition.repeatAfter : change.repeatAfter,
          escalate: change.escalate === undefined ? definition.escalate : change.escalate,
          message: change.message === undefined ? definition.message : change.message,
        },
        updatedAt: this.now(),
      });
    });
  }

  remove(id: string): Promise<StoredRule> {
    return this.inTurn(async () => {
      const rule = this.get(id);
      await this.repository.remove(id);
      this.rules.delete(id);
      this.events.emit('changed');
      return rule;
    });
  }

  /** Sets what differs for a host or tag. */
  override(id: string, override: AlertOverride): Promise<StoredRule> {
    return this.inTurn(async () => {
      const rule = this.get(id);
      refuseMeaningless(rule, override);
      const others = withoutTarget(rule.overrides, override.target);
      if (others.length >= MAX_OVERRIDES_PER_RULE) {
        throw new ProblemError(
          'conflict',
          `the rule has ${MAX_OVERRIDES_PER_RULE} overrides: use tags instead`,
        );
      }
      await this.repository.saveOverride(id, override);
      return this.replace({ ...rule, overrides: [...others, override] });
    });
  }

  removeOverride(id: string, target: AlertOverride['target']): Promise<StoredRule> {
    return this.inTurn(async () => {
      const rule = this.get(id);
      const others = withoutTarget(rule.overrides, target);
      if (others.length === rule.overrides.length) {
        throw new ProblemError('not_found', 'there is no such override');
      }
      await this.repository.removeOverride(id, placeOf(target));
      return this.replace({ ...rule, overrides: others });
    });
  }

  private async inTurn(change: () => Promise<StoredRule>): Promise<StoredRule> {
    const release = await this.lock.acquire();
    try {
      return await change();
    } finally {
      release();
    }
  }

  private async keep(rule: StoredRule): Promise<StoredRule> {
    await this.repository.save(rule);
    return this.replace(rule);
  }

  private replace(rule: StoredRule): StoredRule {
    this.rules.set(rule.id, rule);
    this.events.emit('changed');
    return rule;
  }
}

function withoutTarget(
  overrides: readonly AlertOverride[],
  target: AlertOverride['target'],
): AlertOverride[] {
  const own = placeOf(target);
  return overrides.filter((override) => {
    const place = placeOf(override.target);
    return place.scope !== own.scope || place.target !== own.target;
  });
}

/** @throws {ProblemError} for a threshold where the condition has none, or one that what clears the alert does not fit. */
function refuseMeaningless({ definition }: StoredRule, override: AlertOverride): void {
  const { condition } = definition;
  const refuse = (path: string, message: string) => {
    throw new ProblemError('bad_request', `${path}: ${message}`, { errors: [{ path, message }] });
  };
  if (override.threshold !== undefined && !('threshold' in condition)) {
    refuse('threshold', 'the condition of this rule has no threshold');
  }
  if (override.clear !== undefined && condition.kind !== 'above' && condition.kind !== 'below') {
    refuse('clear', 'the condition of this rule has no clearing threshold');
  }
  const parsed = ConditionSchema.safeParse(overriddenCondition(condition, override));
  const [issue] = parsed.error?.issues ?? [];
  if (issue !== undefined) refuse(issue.path.join('.'), issue.message);
}
