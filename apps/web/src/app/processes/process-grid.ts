import {
  afterNextRender,
  ChangeDetectionStrategy,
  Component,
  computed,
  DestroyRef,
  type ElementRef,
  inject,
  input,
  output,
  signal,
  viewChild,
} from '@angular/core';
import { Icon } from '../icons/icon';
import { cellText, type ColumnSpec, exactText } from './process-columns';
import type { LiveProcess } from './process-book';
import type { PlacedProcess, ProcessOrder, TableColumn } from './process-order';
import { PROCESS_TEXTS } from './processes.texts';
import { rowWindow } from './row-window';

/** Height of a row and of the head, px; the style sheet agrees with them. */
export const ROW_HEIGHT = 32;
/** Space at the left of a row for each step below the top of the tree, px; deeper ones have no more. */
const INDENT = 14;
const DEEPEST = 12;

/**
 * The table itself. Only the rows near what is seen exist. It is one stop of the tab key, and its head another; arrows lead
 * through the rows, Enter chooses one.
 */
@Component({
  selector: 'hd-process-grid',
  imports: [Icon],
  templateUrl: './process-grid.html',
  styleUrl: './process-grid.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ProcessGrid {
  private readonly scroller = viewChild.required<ElementRef<HTMLElement>>('scroller');
  private readonly scrolled = signal({ top: 0, height: 600 });
  private readonly active = signal<{ readonly key: string; readonly index: number } | null>(null);

  readonly placed = input.required<readonly PlacedProcess[]>();
  readonly columns = input.required<readonly ColumnSpec[]>();
  readonly order = input.required<ProcessOrder>();
  readonly tree = input.required<boolean>();
  /** The host's clock, ms since the epoch. */
  readonly now = input.required<number>();
  /** Key of the process that is chosen. */
  readonly chosen = input.required<string | null>();

  readonly sort = output<TableColumn>();
  /** The children of a process are to be shown, or not any more. */
  readonly fold = output<LiveProcess>();
  readonly choose = output<LiveProcess>();

  protected readonly texts = PROCESS_TEXTS;
  protected readonly rowHeight = ROW_HEIGHT;
  protected readonly template = computed(() =>
    this.columns()
      .map(({ width }) => width)
      .join(' '),
  );
  protected readonly leastWidth = computed(() =>
    this.columns().reduce((sum, { least }) => sum + least, 24),
  );
  private readonly window = computed(
    () => rowWindow(this.placed().length, ROW_HEIGHT, this.scrolled()),
    { equal: (a, b) => a.first === b.first && a.end === b.end },
  );
  /** Place of the row that the arrows have led to; of one that has ended, the place it had. */
  private readonly activeIndex = computed(() => {
    const active = this.active();
    if (active === null) return -1;
    const found = this.placed().findIndex(({ process }) => process.key === active.key);
    return found === -1 ? Math.min(active.index, this.placed().length - 1) : found;
  });
  protected readonly rows = computed(() => {
    const { first, end } = this.window();
    const columns = this.columns();
    const now = this.now();
    return this.placed()
      .slice(first, end)
      .map((place, offset) => ({
        ...place,
        index: first + offset,
        id: rowId(place.process),
        indent: INDENT * Math.min(place.depth, DEEPEST),
        cells: columns.map((column) => cell(place.process, column, now)),
      }));
  });
  protected readonly activeId = computed(() => {
    const row = this.rows().find(({ index }) => index === this.activeIndex());
    return row?.id ?? null;
  });

  constructor() {
    const destroyed = inject(DestroyRef);
    afterNextRender(() => {
      const resized = new ResizeObserver(() => this.measure());
      resized.observe(this.scroller().nativeElement);
      destroyed.onDestroy(() => resized.disconnect());
      this.measure();
    });
  }

  protected measure(): void {
    const { scrollTop, clientHeight } = this.scroller().nativeElement;
    this.scrolled.set({ top: scrollTop, height: clientHeight });
  }

  protected sorting(key: TableColumn): 'ascending' | 'descending' | null {
    const { column, descending } = this.order();
    if (key !== column) return null;
    return descending ? 'descending' : 'ascending';
  }

  /** Of the buttons in the head, the one that the tab key leads to. */
  protected isStop(key: TableColumn, index: number): boolean {
    const sorted = this.columns().findIndex((column) => column.key === this.order().column);
    return sorted === -1 ? index === 0 : key === this.order().column;
  }

  protected headPressed(event: KeyboardEvent): void {
    event.stopPropagation();
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (step === 0 || !(event.currentTarget instanceof HTMLElement)) return;
    event.preventDefault();
    const buttons = [...event.currentTarget.querySelectorAll('button')];
    const focused = buttons.findIndex((button) => button === event.target);
    buttons[focused + step]?.focus();
  }

  protected pressed(event: KeyboardEvent): void {
    const page = Math.max(1, Math.floor(this.scrolled().height / ROW_HEIGHT) - 2);
    const place = this.placed()[this.activeIndex()];
    switch (event.key) {
      case 'ArrowDown':
        this.move(1);
        break;
      case 'ArrowUp':
        this.move(-1);
        break;
      case 'PageDown':
        this.move(page);
        break;
      case 'PageUp':
        this.move(-page);
        break;
      case 'Home':
        this.move(-Infinity);
        break;
      case 'End':
        this.move(Infinity);
        break;
      case 'Enter':
      case ' ':
        if (place !== undefined) this.choose.emit(place.process);
        break;
      case 'ArrowRight':
      case 'ArrowLeft':
        if (place?.branch !== (event.key === 'ArrowRight' ? 'closed' : 'open')) return;
        this.fold.emit(place.process);
        break;
      default:
        return;
    }
    event.preventDefault();
  }

  /** Chooses the row that was clicked, wherever in it; the table has the focus and the keys. */
  protected clicked({ target }: Event): void {
    if (!(target instanceof Element)) return;
    const id = target.closest('.body > .row')?.id;
    const row = this.rows().find((one) => one.id === id);
    if (row === undefined) return;
    this.active.set({ key: row.process.key, index: row.index });
    this.choose.emit(row.process);
  }

  protected flip(event: Event, process: LiveProcess): void {
    event.stopPropagation();
    this.fold.emit(process);
  }

  private move(steps: number): void {
    const last = this.placed().length - 1;
    const index = Math.max(0, Math.min(last, this.activeIndex() + steps));
    const process = this.placed()[index]?.process;
    if (process === undefined) return;
    this.active.set({ key: process.key, index });
    this.reveal(index);
  }

  /** Scrolls just as far as is needed; the head covers the first row's height. */
  private reveal(index: number): void {
    const element = this.scroller().nativeElement;
    const top = index * ROW_HEIGHT;
    const room = element.clientHeight - 2 * ROW_HEIGHT;
    if (top < element.scrollTop) element.scrollTop = top;
    else if (top > element.scrollTop + room) element.scrollTop = top - room;
  }
}

function rowId({ key }: LiveProcess): string {
  return `process-${key}`;
}

function cell(process: LiveProcess, { key, numeric }: ColumnSpec, now: number) {
  return {
    key,
    numeric,
    text: cellText(process, key, now),
    exact: exactText(process, key, now),
    // Nothing known, or nothing going on: not what the eye looks for.
    quiet: key === 'command' ? process.command === null : !process[key],
    share: meter(key === 'cpu' ? process.cpu : key === 'memory' ? process.memoryShare : null),
  };
}

/** Less than a hundredth would be a dot that says nothing. */
function meter(share: number | null): number | null {
  return share !== null && share >= 1 ? share : null;
}
