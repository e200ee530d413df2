import {
  MAX_SILENCES,
  type Silence,
  type SilenceChange,
  type SilenceDefinition,
} from '@hostdeck/contracts';
import { Inject, Injectable } from '@nestjs/common';
import { newId } from '../../auth/secrets';
import { CLOCK, type Clock } from '../../config/tokens';
import { ProblemError } from '../../problems/problem';
import { selects, type SelectableHost } from '../rules/effective-rule';
import { toTimetable, type Timetable, type Window } from './schedule';
import { SilencesRepository, type StoredSilence } from './silences.repository';

interface Known {
  readonly silence: StoredSilence;
  readonly timetable: Timetable;
  /** The window found last, so that a cron expression is not worked out at every look. */
  window: Window | null;
  /** When it was found; it holds from then until it ends. */
  foundAt: number;
}

/** What a silence may be about. */
export interface Silenceable {
  readonly ruleId: string;
  readonly host: SelectableHost;
}

/** Silences and maintenance windows, in memory and in the database. */
@Injectable()
export class SilencesService {
  /** Whether an incident is open: the incidents themselves say so once they are there. */
  isOpen: (incidentId: string) => boolean = () => true;
  private readonly known = new Map<string, Known>();

  constructor(
    @Inject(SilencesRepository) private readonly repository: SilencesRepository,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  async load(): Promise<void> {
    this.known.clear();
    for (const silence of await this.repository.all()) this.add(silence);
  }

  /** Every silence, in the order they were made. */
  list(): Silence[] {
    return [...this.known.values()].map((known) => this.describe(known));
  }

  async create(definition: SilenceDefinition, createdBy: string): Promise<Silence> {
    if (this.known.size >= MAX_SILENCES) {
      throw new ProblemError('conflict', `there are ${MAX_SILENCES} silences: remove some first`);
    }
    readTimetable(definition);
    if (definition.incident !== null && !this.isOpen(definition.incident)) {
      throw new ProblemError(
        'conflict',
        'the incident is resolved already, or there is none of that id',
      );
    }
    const silence = { id: newId(), definition, createdBy, createdAt: this.now() };
    await this.repository.save(silence);
    return this.describe(this.add(silence));
  }

  async change(id: string, change: SilenceChange): Promise<Silence> {
    const { silence } = this.get(id);
    const { definition } = silence;
    const changed = {
      reason: change.reason ?? definition.reason,
      hosts: change.hosts ?? definition.hosts,
      hostIds: change.hostIds ?? definition.hostIds,
      rules: change.rules ?? definition.rules,
      schedule: change.schedule ?? definition.schedule,
      incident: definition.incident,
    };
    readTimetable(changed);
    const kept = { ...silence, definition: changed };
    await this.repository.save(kept);
    return this.describe(this.add(kept));
  }

  /** @returns its reason */
  async remove(id: string): Promise<string> {
    const { silence } = this.get(id);
    await this.repository.remove(id);
    this.known.delete(id);
    return silence.definition.reason;
  }

  /** The reason of a silence that holds for the alert now; `null` when none does. */
  reasonFor(alert: Silenceable, now: number): string | null {
    for (const known of this.known.values()) {
      if (this.holdsOver(known, alert, now)) return known.silence.definition.reason;
    }
    return null;
  }

  /** Those that hold now for one of the alerts. */
  over(alerts: readonly Silenceable[]): Silence[] {
    const now = this.now();
    return [...this.known.values()]
      .filter((known) => alerts.some((alert) => this.holdsOver(known, alert, now)))
      .map((known) => this.describe(known));
  }

  private holdsOver(known: Known, alert: Silenceable, now: number): boolean {
    return matches(known.silence.definition, alert) && isWithin(this.windowOf(known, now), now);
  }

  /** The window of a silence that holds now or is the next; `null` when its incident is over. */
  private windowOf(known: Known, now: number): Window | null {
    const { incident } = known.silence.definition;
    return incident === null || this.isOpen(incident) ? windowOf(known, now) : null;
  }

  private get(id: string): Known {
    const known = this.known.get(id);
    if (known === undefined) throw new ProblemError('not_found', 'there is no such silence');
    return known;
  }

  private add(silence: StoredSilence): Known {
    const timetable = toTimetable(silence.definition.schedule);
    const known = { silence, timetable, window: null, foundAt: Infinity };
    this.known.set(silence.id, known);
    return known;
  }

  private describe(known: Known): Silence {
    const now = this.now();
    const window = this.windowOf(known, now);
    const { id, definition, createdBy, createdAt } = known.silence;
    return {
      id,
      ...definition,
      createdBy,
      createdAt,
      isActive: isWithin(window, now),
      start: window?.start ?? null,
      end: window?.end ?? null,
    };
  }
}

function matches({ hosts, hostIds, rules }: SilenceDefinition, alert: Silenceable): boolean {
  return (
    (rules.length === 0 || rules.includes(alert.ruleId)) &&
    (hostIds.length === 0 || hostIds.includes(alert.host.id)) &&
    selects(hosts, alert.host)
  );
}

function isWithin(window: Window | null, now: number): boolean {
  return window !== null && window.start <= now && now < window.end;
}

/** The window that holds now or is the next; found anew when the last one is over, or the clock went back. */
function windowOf(known: Known, now: number): Window | null {
  const { window, foundAt } = known;
  const holds = foundAt <= now && (window === null || now < window.end);
  if (holds) return window;
  known.window = known.timetable.windowAt(now);
  known.foundAt = now;
  return known.window;
}

/** @throws {ProblemError} for a schedule that cannot be understood. */
function readTimetable({ schedule }: SilenceDefinition): void {
  try {
    toTimetable(schedule);
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    const [field = 'schedule', ...words] = cause.message.split(': ');
    const errors = [{ path: `schedule.${field}`, message: words.join(': ') }];
    throw new ProblemError('bad_request', `schedule.${cause.message}`, { errors, cause });
  }
}
