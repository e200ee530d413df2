import { EventEmitter } from 'node:events';
import type { Silence } from '@hostdeck/contracts';
import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock } from '../../config/tokens';
import { Database } from '../../database/database';
import { HostsService } from '../../hosts/hosts.service';
import { LOGGER, type Logger } from '../../logging/logger';
import { Notifier } from '../../notifications/notifier';
import { ProblemError } from '../../problems/problem';
import { CulpritSource } from '../../processes/culprits.service';
import { AlertEngine } from '../engine/alert-engine';
import { StatesRepository } from '../engine/states.repository';
import { trackerKey, type Tracker, type Transition } from '../engine/tracker';
import type { SelectableHost } from '../rules/effective-rule';
import { RulesService } from '../rules/rules.service';
import { SilencesService } from '../silences/silences.service';
import { culpritsOf } from './culprits';
import { takeTransitions, type Arrival } from './gathering';
import { REOPEN_WITHIN } from './grouping';
import { firingOf, isLoss, type Incident, type IncidentAlert } from './incident';
import { IncidentsRepository } from './incidents.repository';
import { Round } from './round';
import { quieten, settle } from './settle';
import type { Surroundings } from './surroundings';

/** How often it is looked what is due, ms. */
const LOOK_EVERY = 500;
/** How long incidents are kept after they are resolved, ms, and how often it is looked for older ones. */
const RETENTION = 730 * 86_400_000;
const TRIM_EVERY = 3_600_000;
/** Lines kept of the timeline of an incident that does not end. */
const MOST_LINES = 5_000;
/** Incidents of one round whose culprits are asked for. */
const MOST_QUESTIONS = 3;

const NOTHING: ReadonlySet<Tracker> = new Set();

/** What incidents are stored and told with. */
@Injectable()
export class IncidentsParts {
  constructor(
    @Inject(Database) readonly database: Database,
    @Inject(Notifier) readonly notifier: Notifier,
    @Inject(CulpritSource) readonly culprits: CulpritSource,
    @Inject(LOGGER) readonly logger: Logger,
  ) {}
}

/**
 * Turns alerts into incidents and incidents into messages. One change at a time: what is new of incidents, what is pending or fires, and
 * the messages are stored in one transaction, so that after a crash nothing is told twice or not at all.
 */
@Injectable()
export class IncidentsService {
  readonly events = new EventEmitter<{ changed: [incidents: readonly Incident[]] }>();
  /** Open ones, and those that were resolved so short a time ago that they may be opened again. */
  private incidents = new Map<string, Incident>();
  private waiting: readonly Arrival[] = [];
  /** What could not be stored yet. */
  private unstored: Transition[] = [];
  private last: Promise<unknown> = Promise.resolve();
  private isQueued = false;
  private recalling: Promise<void> = Promise.resolve();
  private timer: NodeJS.Timeout | null = null;
  private failing = false;
  private trimmedAt = -TRIM_EVERY;

  constructor(
    @Inject(AlertEngine) private readonly engine: AlertEngine,
    @Inject(IncidentsRepository) private readonly repository: IncidentsRepository,
    @Inject(StatesRepository) private readonly states: StatesRepository,
    @Inject(HostsService) private readonly hosts: HostsService,
    @Inject(RulesService) private readonly rules: RulesService,
    @Inject(SilencesService) private readonly silences: SilencesService,
    @Inject(IncidentsParts) private readonly parts: IncidentsParts,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  /** Learns what was open when the hub stopped, and begins. After the hosts are loaded. */
  async start(): Promise<void> {
    await this.silences.load();
    for (const incident of await this.repository.current(this.now() - REOPEN_WITHIN)) {
      this.incidents.set(incident.id, incident);
    }
    this.silences.isOpen = (id) => this.incidents.get(id)?.resolvedAt === null;
    // What was silenced before is not told anew.
    for (const { alerts } of this.incidents.values()) {
      for (const alert of firingOf(alerts)) {
        if (this.around.silenceOf(alert) !== null) alert.quiet = 'silenced';
      }
    }
    await this.inTurn(() => this.change(NOTHING, (round) => this.endLost(round)));
    this.engine.wake = () => this.runSoon();
    this.recallTrends();
    this.rules.events.on('changed', () => this.recallTrends());
    this.timer = setInterval(() => {
      this.engine.sweep();
      this.runSoon();
    }, LOOK_EVERY);
  }

  /** Stores what is pending, however short. */
  async stop(): Promise<void> {
    if (this.timer !== null) clearInterval(this.timer);
    this.engine.wake = () => undefined;
    this.engine.stop();
    await this.recalling;
    await this.inTurn(() => this.run(true));
  }

  /** Those that are open. */
  open(): Incident[] {
    return [...this.incidents.values()].filter(({ resolvedAt }) => resolvedAt === null);
  }

  /** @throws {ProblemError} when there is none of that id. */
  async get(id: string): Promise<Incident> {
    const incident = this.incidents.get(id) ?? (await this.repository.find(id));
    if (incident === null) throw new ProblemError('not_found', 'there is no such incident');
    return incident;
  }

  /** The silences that hold now over something that fires in an incident. @throws {ProblemError} when there is none of that id. */
  async silencesOver(id: string): Promise<Silence[]> {
    const { alerts } = await this.get(id);
    return this.silences.over(
      firingOf(alerts).map((alert) => ({ ruleId: alert.ruleId, host: this.hostOf(alert) })),
    );
  }

  /** Somebody takes care of it: no reminders and no escalation until it becomes worse. Or nobody does any more. */
  async acknowledge(id: string, by: string, acknowledged: boolean): Promise<Incident> {
    await this.get(id);
    await this.inTurn(() =>
      this.change(NOTHING, (round) => {
        if (!this.open().some((one) => one.id === id)) {
          throw new ProblemError('conflict', 'the incident is resolved already');
        }
        const draft = round.edit({ id });
        draft.acknowledged = acknowledged ? { at: round.now, by } : null;
        round.noteBy(by, {
          incidentId: id,
          kind: acknowledged ? 'acknowledged' : 'unacknowledged',
          text: acknowledged ? 'acknowledged' : 'not acknowledged any more',
        });
      }),
    );
    return this.get(id);
  }

  /** Writes a note into the timeline. */
  async addNote(id: string, by: string, text: string): Promise<void> {
    await this.get(id);
    await this.inTurn(() =>
      this.change(NOTHING, (round) => round.noteBy(by, { incidentId: id, kind: 'note', text })),
    );
  }

  /** In the background, one after the other. */
  private recallTrends(): void {
    this.recalling = this.recalling.then(() => this.engine.recallTrends());
  }

  private runSoon(): void {
    if (this.isQueued) return;
    this.isQueued = true;
    void this.inTurn(() => {
      this.isQueued = false;
      return this.run(false);
    });
  }

  /** Runs `work` after everything before it. */
  private inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const done = this.last.then(work);
    this.last = done.catch(() => undefined);
    return done;
  }

  /** Takes what has fired and been resolved, and does what is due. Never rejects: what cannot be stored is tried again. */
  private async run(isLast: boolean): Promise<void> {
    const transitions = [...this.unstored, ...this.engine.takeTransitions()];
    this.unstored = [];
    try {
      const round = this.newRound();
      const { placed, waiting } = takeTransitions(round, transitions, this.waiting);
      await this.findCulprits(round);
      quieten(round);
      for (const incident of [...round.all()]) settle(round, incident);
      await this.store(round, placed, isLast);
      this.waiting = waiting;
      this.failing = false;
    } catch (error) {
      this.unstored = transitions;
      if (!this.failing)
        this.parts.logger.error(
          { err: error },
          'what became of alerts waits: the database takes no writes',
        );
      this.failing = true;
    }
    await this.trim();
  }

  private newRound(): Round {
    return new Round(this.incidents, this.around, this.now());
  }

  private async change(placed: ReadonlySet<Tracker>, work: (round: Round) => void): Promise<void> {
    const round = this.newRound();
    work(round);
    await this.store(round, placed, false);
  }

  private async store(round: Round, placed: ReadonlySet<Tracker>, isLast: boolean): Promise<void> {
    const states = this.engine.takeStates(placed, isLast);
    if (round.isEmpty && states.kept.length === 0 && states.over.length === 0) return;
    const changed = round.outcome;
    try {
      await this.parts.database.write.transaction().execute(async (transaction) => {
        await this.repository.save(changed, round.entries, transaction);
        await this.states.save(states, transaction);
        await this.parts.notifier.enqueue(round.messages, transaction);
      });
    } catch (error) {
      this.engine.putBack(states);
      throw error;
    }
    for (const tracker of placed) tracker.isPlaced = true;
    for (const incident of changed) this.incidents.set(incident.id, incident);
    for (const [id, { resolvedAt }] of this.incidents) {
      if (resolvedAt !== null && round.now - resolvedAt > REOPEN_WITHIN) this.incidents.delete(id);
    }
    if (changed.length > 0) this.events.emit('changed', changed);
  }

  /** Asks which processes used most, for incidents that have just begun with a value of a metric. */
  private async findCulprits(round: Round): Promise<void> {
    const begun = round.outcome.filter(
      ({ progress, culprits }) => progress.messages === 0 && culprits.length === 0,
    );
    for (const draft of begun.slice(0, MOST_QUESTIONS)) {
      const first = firingOf(draft.alerts).find(
        ({ kind, value }) => value !== null && !isLoss(kind) && kind !== 'clock_off',
      );
      const host = first === undefined ? null : this.hosts.find(first.hostId);
      if (first === undefined || host === null) continue;
      try {
        draft.culprits = await culpritsOf(first, host, this.parts.culprits);
      } catch (error) {
        this.parts.logger.warn({ err: error }, 'the culprits of an alert could not be found');
      }
      const names = draft.culprits.map(({ name }) => name);
      if (names.length > 0) round.note(draft, 'culprits', `top processes: ${names.join(', ')}`);
    }
  }

  /** Ends alerts whose state was not kept: nobody would ever resolve them. */
  private endLost(round: Round): void {
    const isLost = ({ endedAt, hostId, ruleId, series }: IncidentAlert) =>
      endedAt === null && !this.engine.isFiring(hostId, trackerKey(ruleId, series));
    for (const incident of [...round.all()]) {
      if (incident.resolvedAt !== null || !incident.alerts.some(isLost)) continue;
      for (const alert of round.edit(incident).alerts) {
        if (isLost(alert)) alert.endedAt = round.now;
      }
    }
  }

  private async trim(): Promise<void> {
    if (performance.now() - this.trimmedAt < TRIM_EVERY) return;
    this.trimmedAt = performance.now();
    try {
      while (await this.repository.dropBefore(this.now() - RETENTION));
      for (const { id } of this.open()) await this.repository.shortenTimeline(id, MOST_LINES);
    } catch (error) {
      this.parts.logger.warn({ err: error }, 'old incidents could not be dropped');
    }
  }

  private get around(): Surroundings {
    const { hosts, silences, rules } = this;
    const now = this.now();
    return {
      ...rules.settings,
      host: (id) => hosts.find(id),
      hosts: () => hosts.all(),
      silenceOf: (alert) =>
        silences.reasonFor({ ruleId: alert.ruleId, host: this.hostOf(alert) }, now),
    };
  }

  /** The host of an alert as rules and silences choose by it, also when it was removed. */
  private hostOf({ hostId, hostName }: IncidentAlert): SelectableHost {
    return this.hosts.find(hostId) ?? { id: hostId, name: hostName, tags: [] };
  }
}
