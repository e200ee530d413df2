import {
  ChangeDetectionStrategy,
  Component,
  computed,
  ElementRef,
  inject,
  output,
  signal,
} from '@angular/core';
import { fullTime } from '../charts/time-labels';
import { LiveConnection } from '../live/live-connection';
import { StatusDot } from '../status/status-dot';
import { STATUS_WORDS } from '../status/status.texts';
import { durationWords } from '../units/duration';
import { shiftEvent } from './event-marks';
import { HostEvents } from './host-events';
import { HostStore } from './host-store';
import { HOST_TEXTS } from './host.texts';
import { type SegmentState, type StateSegment, stateSegments } from './state-segments';
import { type TimeWindow, windowBetween } from './time-range';

const TEXTS = HOST_TEXTS.strip;
/** Keys that lead from one segment to another. */
const MOVES: Readonly<Record<string, (index: number, last: number) => number>> = {
  ArrowLeft: (index) => Math.max(0, index - 1),
  ArrowRight: (index, last) => Math.min(last, index + 1),
  Home: () => 0,
  End: (_, last) => last,
};

/** The states of the host over the time the charts show. One stop of the tab key; arrows go from state to state. */
@Component({
  selector: 'hd-state-strip',
  imports: [StatusDot],
  templateUrl: './state-strip.html',
  styleUrl: './state-strip.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class StateStrip {
  private readonly element = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  private readonly connection = inject(LiveConnection);
  private readonly events = inject(HostEvents);
  private readonly store = inject(HostStore);

  /** Somebody wants to see the time of one state. */
  readonly zoom = output<TimeWindow>();

  protected readonly texts = TEXTS;
  private readonly focused = signal(Infinity);

  private readonly known = computed(() => {
    const events = this.events.shown();
    if (events === null) return [];
    const offset = this.store.clockOffset();
    const lostAt = this.connection.lostAt();
    const current = this.store.fixed() === null ? (this.store.host()?.status ?? null) : null;
    return stateSegments({
      window: this.store.window(),
      events: events.map((event) => shiftEvent(event, offset)),
      before: this.events.statusBefore() ?? current,
      // While the connection is lost, nothing is known from then on.
      now: lostAt === null ? this.store.hostNow() : lostAt + offset,
    });
  });
  protected readonly segments = computed(() => {
    const { from, to } = this.store.window();
    return this.known().map((segment) => ({
      ...segment,
      start: (100 * (segment.from - from)) / (to - from),
      width: (100 * (segment.to - segment.from)) / (to - from),
      middle: (50 * (segment.from + segment.to - 2 * from)) / (to - from),
      word: wordOf(segment.state),
      status: segment.state === 'blind' || segment.state === 'unknown' ? null : segment.state,
      text: textOf(segment, to - from),
    }));
  });
  /** The segment that the tab key leads to. */
  protected readonly stop = computed(() => Math.min(this.focused(), this.segments().length - 1));

  protected move(event: KeyboardEvent): void {
    const target = MOVES[event.key]?.(this.stop(), this.segments().length - 1);
    if (target === undefined) return;
    event.preventDefault();
    this.focused.set(target);
    this.element.querySelectorAll('button')[target]?.focus();
  }

  protected focus(index: number): void {
    this.focused.set(index);
  }

  protected show({ from, to }: TimeWindow): void {
    const margin = (to - from) / 8;
    this.zoom.emit(windowBetween(from - margin, to + margin));
  }
}

function wordOf(state: SegmentState): string {
  return state === 'blind' || state === 'unknown' ? TEXTS[state] : STATUS_WORDS[state];
}

function textOf({ state, from, to, changes }: StateSegment, span: number): string {
  const word = wordOf(state);
  return TEXTS.segment({
    what: changes > 0 ? TEXTS.several(changes, word) : word,
    from: fullTime(from, span),
    to: fullTime(to, span),
    length: durationWords(to - from),
  });
}
