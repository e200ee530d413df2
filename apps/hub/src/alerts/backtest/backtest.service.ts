import {
  MAX_BACKTEST_FIRINGS,
  MAX_BACKTEST_HOSTS,
  MAX_BACKTEST_SPAN,
  type Backtest,
  type BacktestAnswer,
} from '@hostdeck/contracts';
import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock } from '../../config/tokens';
import { HostEventsRepository } from '../../events/host-events.repository';
import { HistoryStore } from '../../history/history-store';
import type { Host } from '../../hosts/host';
import { HostsService } from '../../hosts/hosts.service';
import { ProblemError } from '../../problems/problem';
import { isMetricCondition, type HostCondition } from '../evaluation/judges';
import {
  applyOverrides,
  overridesFor,
  selects,
  type EffectiveRule,
  type StoredRule,
} from '../rules/effective-rule';
import { RulesService } from '../rules/rules.service';
import { backtestHost } from './host-backtest';
import { backtestMetric, type Found } from './metric-backtest';

const DAY = 86_400_000;
/** Longest time that is spent on one backtest, ms: what was found until then is the answer. */
const PATIENCE = 20_000;
/** What happened this long before the span tells in which state a host was when it began, ms. */
const LOOK_BACK = 7 * DAY;
/** Most events of one host that are looked at. */
const MOST_EVENTS = 5_000;
const FIRST = { at: Number.MAX_SAFE_INTEGER, id: Number.MAX_SAFE_INTEGER };

interface Span {
  readonly from: number;
  readonly to: number;
}

/** Says when a rule would have fired. */
@Injectable()
export class BacktestService {
  constructor(
    @Inject(HistoryStore) private readonly store: HistoryStore,
    @Inject(HostEventsRepository) private readonly events: HostEventsRepository,
    @Inject(HostsService) private readonly hosts: HostsService,
    @Inject(RulesService) private readonly rules: RulesService,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  async run(asked: Backtest): Promise<BacktestAnswer> {
    const span = this.spanOf(asked);
    const rule = this.ruleOf(asked);
    const matching = [...this.hosts.all()].filter(
      (host) =>
        selects(rule.definition.hosts, host) &&
        (asked.host === undefined || asked.host === host.id),
    );
    const hosts: BacktestAnswer['hosts'] = [];
    let [firings, step, checked] = [0, 0, 0];
    const until = performance.now() + PATIENCE;
    for (const host of matching.slice(0, MAX_BACKTEST_HOSTS)) {
      if (performance.now() > until) break;
      checked += 1;
      const effective = applyOverrides(rule, overridesFor(rule, host));
      if (effective === null) continue;
      const found = await this.runOn(host, effective, span);
      step = Math.max(step, found.step);
      firings += found.firings.length;
      if (found.firings.length === 0) continue;
      found.firings.sort((one, other) => one.from - other.from);
      hosts.push({
        id: host.id,
        name: host.name,
        count: found.firings.length,
        firings: found.firings.slice(0, MAX_BACKTEST_FIRINGS),
      });
    }
    return {
      ...span,
      firings,
      hostsMatching: matching.length,
      hostsChecked: checked,
      step,
      capped: cappedWords(matching.length, checked, hosts),
      hosts,
    };
  }

  private spanOf(asked: Backtest): Span {
    const to = asked.to ?? this.now();
    const from = asked.from ?? Math.max(0, to - DAY);
    if (to - from <= MAX_BACKTEST_SPAN) return { from, to };
    const message = `a backtest looks at ${MAX_BACKTEST_SPAN / DAY} days at most`;
    throw new ProblemError('bad_request', `from: ${message}`, {
      errors: [{ path: 'from', message }],
    });
  }

  private ruleOf({ rule, ruleId }: Backtest): StoredRule {
    const overrides = ruleId === undefined ? [] : this.rules.get(ruleId).overrides;
    // Tried out as if it were on.
    const definition = { ...rule, enabled: true };
    return { id: '', definition, isDefault: false, overrides, createdAt: 0, updatedAt: 0 };
  }

  private async runOn(host: Host, rule: EffectiveRule, span: Span): Promise<Found> {
    const { condition } = rule;
    const now = this.now();
    if (isMetricCondition(condition)) {
      return backtestMetric(this.store, { host, rule, condition, ...span, now });
    }
    return { firings: await this.ofHost(host, { rule, condition }, span), step: 0 };
  }

  private async ofHost(
    host: Host,
    asked: { readonly rule: EffectiveRule; readonly condition: HostCondition },
    { from, to }: Span,
  ): Promise<Found['firings']> {
    const recorded = await this.events.find({
      host: host.key,
      from: Math.max(0, from - LOOK_BACK),
      to,
      joinedAt: host.joinedAt,
      after: FIRST,
      limit: MOST_EVENTS,
    });
    const events = recorded.map(({ event }) => event).reverse();
    return backtestHost({ host, ...asked, from, to, events });
  }
}

function cappedWords(
  matching: number,
  checked: number,
  hosts: BacktestAnswer['hosts'],
): string | null {
  const words: string[] = [];
  if (checked < matching) words.push(`${checked} of ${matching} hosts were looked at`);
  if (hosts.some(({ count }) => count > MAX_BACKTEST_FIRINGS)) {
    words.push(`the first ${MAX_BACKTEST_FIRINGS} firings of a host are given`);
  }
  return words.length === 0 ? null : words.join('; ');
}
