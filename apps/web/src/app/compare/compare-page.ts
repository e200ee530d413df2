import {
  ChangeDetectionStrategy,
  Component,
  computed,
  DestroyRef,
  effect,
  inject,
  input,
  signal,
  untracked,
} from '@angular/core';
import { MatDialog, MatDialogConfig } from '@angular/material/dialog';
import { ActivatedRoute, type Params, Router } from '@angular/router';
import {
  type Board,
  type BoardChart,
  type BoardContent,
  isMetricId,
  type MetricId,
} from '@hostdeck/contracts';
import { HubApi } from '../api/hub-api';
import { reasonOf } from '../api/problem';
import { FleetStore } from '../fleet/fleet-store';
import { RangeChoice } from '../host/range-choice';
import { parseRange, parseWindow, type TimeRange, windowBetween } from '../host/time-range';
import { Icon } from '../icons/icon';
import { Session } from '../session/session';
import { EmptyState } from '../shell/empty-state';
import type { ChartEditor, EditorOffer } from './chart-editor';
import { CompareChart } from './compare-chart';
import { COMPARE_TEXTS } from './compare.texts';

/** Charts on a board at most, as the hub has it. */
const MOST_CHARTS = 24;
/** Hosts of a chart of those with most, unless said otherwise. */
const USUAL_TOP = 5;
const EMPTY: BoardContent = { name: '', shared: false, charts: [] };

/** Any metrics of any hosts side by side; a board of such charts is kept under a name. */
@Component({
  selector: 'hd-compare-page',
  imports: [CompareChart, EmptyState, Icon, RangeChoice],
  templateUrl: './compare-page.html',
  styleUrl: './compare-page.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ComparePage {
  private readonly api = inject(HubApi);
  private readonly dialog = inject(MatDialog);
  private readonly fleet = inject(FleetStore);
  private readonly route = inject(ActivatedRoute);
  private readonly router = inject(Router);

  /** From the address. */
  readonly board = input<string>();
  readonly range = input<string>();
  readonly from = input<string>();
  readonly to = input<string>();
  /** One chart without a board: metrics and ids of hosts, each separated by commas. */
  readonly metrics = input<string>();
  readonly hosts = input<string>();

  protected readonly texts = COMPARE_TEXTS;
  protected readonly mayShare = inject(Session).mayChangeHosts;
  protected readonly most = MOST_CHARTS;
  protected readonly boards = signal<readonly Board[] | null>(null);
  protected readonly content = signal<BoardContent>(EMPTY);
  protected readonly failure = signal('');
  protected readonly outcome = signal('');
  protected readonly busy = signal(false);
  protected readonly asksRemoval = signal(false);

  protected readonly fixed = computed(() => parseWindow(this.from(), this.to()));
  protected readonly timeRange = computed(() => parseRange(this.range()));
  protected readonly opened = computed(
    () => this.boards()?.find(({ id }) => id === this.board()) ?? null,
  );
  protected readonly isMissing = computed(
    () => this.boards() !== null && this.board() !== undefined && this.opened() === null,
  );
  /** Whether the board of the address is still on its way. */
  protected readonly isOpening = computed(
    () => this.boards() === null && this.board() !== undefined && this.failure() === '',
  );
  protected readonly mayChange = computed(() => this.opened()?.mayChange ?? true);
  protected readonly own = computed(() => this.boards()?.filter(({ shared }) => !shared) ?? []);
  protected readonly shared = computed(() => this.boards()?.filter(({ shared }) => shared) ?? []);

  constructor() {
    inject(DestroyRef).onDestroy(this.fleet.follow());
    void this.load();
    effect(() => {
      const opened = this.opened();
      const chart = this.opened() === null ? addressChart(this.metrics(), this.hosts()) : null;
      untracked(() => {
        if (opened !== null) this.content.set(contentOf(opened));
        else if (chart !== null) this.content.set({ ...EMPTY, charts: [chart] });
      });
    });
  }

  protected open(id: string): void {
    if (id === '') this.content.set(EMPTY);
    this.outcome.set('');
    this.navigate({ board: id === '' ? null : id, metrics: null, hosts: null });
  }

  protected chooseRange({ key }: TimeRange): void {
    this.navigate({ range: key, from: null, to: null });
  }

  protected zoom([from, to]: readonly [from: number, to: number]): void {
    this.navigate({ ...windowBetween(from, to) });
  }

  protected rename(name: string): void {
    this.content.update((content) => ({ ...content, name }));
  }

  protected share(shared: boolean): void {
    this.content.update((content) => ({ ...content, shared }));
  }

  protected removeChart(index: number): void {
    this.content.update((content) => ({
      ...content,
      charts: content.charts.filter((_, place) => place !== index),
    }));
  }

  /** Changes a chart, or adds one where there is none at that place. */
  protected async edit(index: number): Promise<void> {
    const chart = this.content().charts[index] ?? {
      title: '',
      hosts: [],
      top: USUAL_TOP,
      metrics: [],
    };
    const hosts = [...(this.fleet.hosts()?.values() ?? [])]
      .map(({ card: { id, name } }) => ({ id, name }))
      .sort((a, b) => a.name.localeCompare(b.name));
    const file = await import('./chart-editor');
    const config = Object.assign(new MatDialogConfig<EditorOffer>(), {
      data: { chart, hosts },
      width: '520px',
      maxWidth: 'calc(100vw - 32px)',
    });
    this.dialog
      .open<ChartEditor, EditorOffer, BoardChart>(file.ChartEditor, config)
      .afterClosed()
      .subscribe((made) => {
        if (made === undefined) return;
        this.content.update((content) => ({
          ...content,
          charts:
            index < content.charts.length
              ? content.charts.map((one, place) => (place === index ? made : one))
              : [...content.charts, made],
        }));
      });
  }

  protected save(): Promise<void> {
    return this.act(async () => {
      const opened = this.opened();
      const content = this.content();
      const board =
        opened === null
          ? await this.api.createBoard(content)
          : await this.api.changeBoard(opened.id, content);
      await this.load();
      this.outcome.set(COMPARE_TEXTS.saved);
      this.navigate({ board: board.id, metrics: null, hosts: null });
    });
  }

  protected remove(): Promise<void> {
    const opened = this.opened();
    if (opened === null) return Promise.resolve();
    if (!this.asksRemoval()) {
      this.asksRemoval.set(true);
      return Promise.resolve();
    }
    return this.act(async () => {
      await this.api.deleteBoard(opened.id);
      this.content.set(EMPTY);
      await this.load();
      this.outcome.set(COMPARE_TEXTS.removed);
      this.navigate({ board: null });
    });
  }

  protected async load(): Promise<void> {
    try {
      this.boards.set(await this.api.boards());
      this.failure.set('');
    } catch (error) {
      this.failure.set(COMPARE_TEXTS.failedAction(reasonOf(error)));
    }
  }

  private async act(deed: () => Promise<void>): Promise<void> {
    this.failure.set('');
    this.outcome.set('');
    this.busy.set(true);
    try {
      await deed();
    } catch (error) {
      this.failure.set(COMPARE_TEXTS.failedAction(reasonOf(error)));
    } finally {
      this.busy.set(false);
      this.asksRemoval.set(false);
    }
  }

  private navigate(queryParams: Params): void {
    void this.router.navigate([], {
      relativeTo: this.route,
      queryParams,
      queryParamsHandling: 'merge',
      scroll: 'manual',
    });
  }
}

function contentOf({ name, shared, charts }: Board): BoardContent {
  return { name, shared, charts };
}

/** The chart that an address describes by itself; `null` where it names no metric. */
function addressChart(metrics = '', hosts = ''): BoardChart | null {
  const known = metrics.split(',').filter((id): id is MetricId => isMetricId(id));
  if (known.length === 0) return null;
  const chosen = hosts.split(',').filter((id) => /^[0-9a-f]{32}$/.test(id));
  return { title: '', metrics: known.slice(0, 8), hosts: chosen.slice(0, 50), top: USUAL_TOP };
}
