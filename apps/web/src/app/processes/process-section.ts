import {
  afterNextRender,
  ChangeDetectionStrategy,
  Component,
  computed,
  DestroyRef,
  effect,
  ElementRef,
  inject,
  input,
  signal,
  untracked,
} from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { MatMenuModule } from '@angular/material/menu';
import { ActivatedRoute, Router } from '@angular/router';
import type { ProcessState } from '@hostdeck/contracts';
import { fullTime } from '../charts/time-labels';
import { Icon } from '../icons/icon';
import { HubClock } from '../live/hub-clock';
import { ageWords } from '../units/duration';
import { ColumnChoice } from './column-choice';
import type { LiveProcess } from './process-book';
import { COLUMN_KEYS, COLUMNS, NARROW_COLUMNS, USUAL_COLUMNS } from './process-columns';
import { ProcessDetails } from './process-details';
import { ProcessGrid } from './process-grid';
import { listProcesses, type ProcessFilter, STATE_ORDER, type TableColumn } from './process-order';
import { orderAfter, type ProcessQuery, readQuery, writeQuery } from './process-query';
import { ProcessStore } from './process-store';
import { treeProcesses } from './process-tree';
import { PROCESS_TEXTS } from './processes.texts';

/** Narrower than this, px, only the columns that matter most have room. */
const NARROW = 700;
/** A table with this share of the processes has all but those that ended while the host was scanned. */
const MOST_MISSING = 0.95;
/** A scan older than this, ms, is no news any more. */
const OLD = 15_000;

/** The processes of a host as they are now. Filters and order live in the address, so that a view can be sent to somebody. */
@Component({
  selector: 'hd-process-section',
  imports: [Icon, MatMenuModule, ProcessDetails, ProcessGrid],
  providers: [ProcessStore],
  templateUrl: './process-section.html',
  styleUrl: './process-section.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ProcessSection {
  private readonly element = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  private readonly choice = inject(ColumnChoice);
  private readonly clock = inject(HubClock);
  private readonly route = inject(ActivatedRoute);
  private readonly router = inject(Router);
  private readonly store = inject(ProcessStore);
  private readonly parameters = toSignal(this.route.queryParamMap, {
    initialValue: this.route.snapshot.queryParamMap,
  });
  private readonly width = signal(Infinity);
  private readonly closed = signal<ReadonlySet<string>>(new Set());

  readonly hostId = input.required<string>();
  /** The host's clock, ms since the epoch. */
  readonly now = input.required<number>();

  protected readonly texts = PROCESS_TEXTS;
  protected readonly states = Object.keys(STATE_ORDER).filter(isState);
  protected readonly allColumns = COLUMNS;
  protected readonly table = this.store.table;
  protected readonly paused = this.store.paused;
  protected readonly absence = this.store.absence;

  protected readonly query = computed<ProcessQuery>(() => {
    const read = this.parameters();
    return readQuery({
      find: read.get('find'),
      user: read.get('user'),
      state: read.get('state'),
      sort: read.get('sort'),
      tree: read.get('tree'),
    });
  });
  protected readonly placed = computed(() => {
    const { filter, order, tree } = this.query();
    const rows = this.table()?.rows ?? [];
    return tree
      ? treeProcesses(rows, { filter, order, closed: this.closed() })
      : listProcesses(rows, filter, order);
  });
  protected readonly users = computed(() => {
    const names = new Set((this.table()?.rows ?? []).flatMap(({ user }) => user ?? []));
    const { user } = this.query().filter;
    if (user !== null) names.add(user);
    return [...names].sort();
  });
  protected readonly columnKeys = computed<readonly TableColumn[]>(
    () => this.choice.columns() ?? (this.width() < NARROW ? NARROW_COLUMNS : USUAL_COLUMNS),
  );
  protected readonly columns = computed(() =>
    COLUMNS.filter(({ key }) => this.columnKeys().includes(key)),
  );
  protected readonly count = computed(() => {
    const table = this.table();
    if (table === null) return '';
    const shown = this.placed().reduce((sum, { wanted }) => sum + (wanted ? 1 : 0), 0);
    const isFiltered = this.isFiltered() && !(this.query().tree && this.closed().size > 0);
    const matching = isFiltered ? shown : table.rows.length;
    return PROCESS_TEXTS.count(matching, table.rows.length, table.total);
  });
  protected readonly cut = computed(() => {
    const table = this.table();
    return table === null || table.rows.length >= MOST_MISSING * table.total
      ? ''
      : PROCESS_TEXTS.cut(table.rows.length, table.total);
  });
  /** What is to be said of how old the table is; empty while it is new. */
  protected readonly ageNote = computed(() => {
    const table = this.table();
    const age = this.store.age();
    if (table === null || age === null) return '';
    if (this.paused()) return PROCESS_TEXTS.pausedAt(fullTime(table.at));
    const lost = this.store.lostAt();
    if (lost !== null) return PROCESS_TEXTS.lost(ageWords(this.clock.since(lost)));
    return age > OLD ? PROCESS_TEXTS.old(ageWords(age)) : '';
  });
  protected readonly isFiltered = computed(() => {
    const { text, user, state } = this.query().filter;
    return text.trim() !== '' || user !== null || state !== null;
  });

  private readonly picked = signal<LiveProcess | null>(null);
  /** The chosen process as it is now, or as it was when it ended. */
  protected readonly chosen = computed(() => {
    const picked = this.picked();
    if (picked === null) return null;
    const rows = this.table()?.rows ?? [];
    const live = rows.find(({ key }) => key === picked.key) ?? null;
    return {
      process: live ?? picked,
      gone: live === null,
      parent: rows.find(({ pid }) => pid === picked.ppid) ?? null,
    };
  });

  constructor() {
    const destroyed = inject(DestroyRef);
    effect(() => {
      const hostId = this.hostId();
      untracked(() => {
        this.store.open(hostId);
        this.picked.set(null);
        this.closed.set(new Set());
      });
    });
    afterNextRender(() => {
      const resized = new ResizeObserver(() => this.width.set(this.element.clientWidth));
      resized.observe(this.element);
      destroyed.onDestroy(() => resized.disconnect());
      this.width.set(this.element.clientWidth || Infinity);
    });
  }

  protected filterBy(change: Partial<ProcessFilter>): void {
    this.change({ filter: { ...this.query().filter, ...change } });
  }

  protected setState(state: string): void {
    this.filterBy({ state: isState(state) ? state : null });
  }

  protected sort(column: TableColumn): void {
    this.change({ order: orderAfter(this.query().order, column) });
  }

  protected toggleTree(): void {
    this.change({ tree: !this.query().tree });
  }

  protected showAll(): void {
    this.change({ filter: { text: '', user: null, state: null } });
  }

  protected togglePause(): void {
    if (this.paused()) this.store.follow();
    else this.store.pause();
  }

  protected toggleColumn(event: Event, column: TableColumn): void {
    // The menu stays open: mostly more than one column is changed.
    event.stopPropagation();
    const shown = this.columnKeys();
    const next = COLUMN_KEYS.filter((key) =>
      key === column ? !shown.includes(key) : shown.includes(key),
    );
    if (next.length > 0) this.choice.choose(next);
  }

  protected usualColumns(): void {
    this.choice.choose(null);
  }

  protected toggleBranch({ key }: LiveProcess): void {
    const closed = new Set(this.closed());
    if (!closed.delete(key)) closed.add(key);
    this.closed.set(closed);
  }

  protected choose(process: LiveProcess | null): void {
    this.picked.update((before) => (before?.key === process?.key ? null : process));
  }

  private change(change: Partial<ProcessQuery>): void {
    void this.router.navigate([], {
      relativeTo: this.route,
      queryParams: writeQuery({ ...this.query(), ...change }),
      queryParamsHandling: 'merge',
      replaceUrl: true,
      scroll: 'manual',
    });
  }
}

function isState(state: string): state is ProcessState {
  return Object.hasOwn(STATE_ORDER, state);
}
