import type {
  ProcessColumn,
  ProcessesAnswer,
  ProcessesQuery,
  ProcessRow,
} from '@hostdeck/contracts';
import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { LIMITS, type HubLimits } from '../config/limits';
import type { Host } from '../hosts/host';
import { ProblemError } from '../problems/problem';
import { FocusService } from './focus.service';
import type { ProcessTable } from './process-table';
import { ProcessTables } from './process-tables.service';

/** Ms to wait before asking again for what may come in a moment. */
const RETRY = 5_000;

interface Lingering {
  readonly release: () => void;
  timer: NodeJS.Timeout | null;
  asking: number;
}

/** Answers what processes a host has; makes its agent scan them when nobody looks. */
@Injectable()
export class ProcessesService implements OnModuleDestroy {
  private readonly lingering = new Map<Host, Lingering>();

  constructor(
    @Inject(FocusService) private readonly focus: FocusService,
    @Inject(ProcessTables) private readonly tables: ProcessTables,
    @Inject(LIMITS) private readonly limits: HubLimits,
  ) {}

  onModuleDestroy(): void {
    for (const { timer } of this.lingering.values()) if (timer !== null) clearTimeout(timer);
    this.lingering.clear();
  }

  /** @throws {ProblemError} when there are none to be had: 503 for now, 409 until somebody changes something. */
  async list(host: Host, query: ProcessesQuery): Promise<ProcessesAnswer> {
    const looking = this.begin(host);
    try {
      return answerOf(await this.table(host), query);
    } finally {
      this.end(host, looking);
    }
  }

  private begin(host: Host): Lingering {
    const looking = this.lingering.get(host) ?? {
      release: this.focus.look(host, 'processes'),
      timer: null,
      asking: 0,
    };
    this.lingering.set(host, looking);
    if (looking.timer !== null) clearTimeout(looking.timer);
    looking.timer = null;
    looking.asking += 1;
    return looking;
  }

  private end(host: Host, looking: Lingering): void {
    looking.asking -= 1;
    if (looking.asking > 0 || this.lingering.get(host) !== looking) return;
    looking.timer = setTimeout(() => {
      this.lingering.delete(host);
      looking.release();
    }, this.limits.processes.linger);
  }

  /** The table once it says what processes use, or what there is of it when that takes too long. */
  private async table(host: Host): Promise<ProcessTable> {
    const ready = () => {
      const table = this.tables.find(host);
      return table?.knowsUse === true || this.tables.unavailable(host) !== null;
    };
    if (!ready()) {
      await new Promise<void>((resolve) => {
        const { events } = this.tables;
        const look = (changed: Host) => {
          if (changed === host && ready()) end();
        };
        const end = () => {
          clearTimeout(timer);
          events.off('scan', look);
          events.off('unavailable', look);
          resolve();
        };
        const timer = setTimeout(end, this.limits.processes.patience).unref();
        events.on('scan', look);
        events.on('unavailable', look);
      });
    }
    const table = this.tables.find(host);
    if (table !== null) return table;
    const { passing, message } = this.tables.unavailable(host) ?? {
      passing: true,
      message: 'the agent of this host has not sent its processes in time; ask again',
    };
    throw passing
      ? new ProblemError('unavailable', message, { retryAfter: RETRY })
      : new ProblemError('conflict', message);
  }
}

function answerOf(table: ProcessTable, query: ProcessesQuery): ProcessesAnswer {
  const { at, total, size } = table;
  const rows = [...table.list()].filter((row) => isWanted(row, query));
  rows.sort((first, second) => inOrder(first, second, query));
  return { at, total, sent: size, matched: rows.length, items: rows.slice(0, query.limit) };
}

function isWanted(row: ProcessRow, { filter, user, state }: ProcessesQuery): boolean {
  if (user !== undefined && row.user !== user) return false;
  if (state !== undefined && row.state !== state) return false;
  if (filter === undefined) return true;
  const text = filter.toLowerCase();
  return [row.name, row.command, row.user, String(row.pid)].some(
    (part) => part?.toLowerCase().includes(text) === true,
  );
}

/** What is not known comes last in either order; what is equal is ordered by pid. */
function inOrder(first: ProcessRow, second: ProcessRow, { sort, order }: ProcessesQuery): number {
  const [one, other] = [valueOf(first, sort), valueOf(second, sort)];
  if (one === other) return first.pid - second.pid;
  if (one === null) return 1;
  if (other === null) return -1;
  return one < other === (order === 'asc') ? -1 : 1;
}

function valueOf(row: ProcessRow, column: ProcessColumn): string | number | null {
  const value = row[column];
  return typeof value === 'string' ? value.toLowerCase() : value;
}
