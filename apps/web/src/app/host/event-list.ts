import {
  ChangeDetectionStrategy,
  Component,
  computed,
  inject,
  output,
  signal,
} from '@angular/core';
import type { HostEvent, HostStatus } from '@hostdeck/contracts';
import { fullTime } from '../charts/time-labels';
import { CULPRIT_TEXTS } from '../culprits/culprits.texts';
import { Icon } from '../icons/icon';
import { StatusDot } from '../status/status-dot';
import { durationWords } from '../units/duration';
import { eventWords } from './event-words';
import { eventKey, HostEvents } from './host-events';
import { HostStore } from './host-store';
import { HOST_TEXTS } from './host.texts';
import { type TimeWindow, windowBetween } from './time-range';

const TEXTS = HOST_TEXTS.events;
/** Events shown before somebody asks for more. */
const FIRST = 8;
/** Time shown on either side of an event, ms. */
const AROUND = 5 * 60_000;

/** What happened to the host last, in words. */
@Component({
  selector: 'hd-event-list',
  imports: [Icon, StatusDot],
  template: `
    <section [attr.aria-label]="texts.heading" data-testid="events">
      <h2>{{ texts.heading }}</h2>
      @if (error(); as reason) {
        <p class="failed" role="alert">{{ texts.failed(reason) }}</p>
      } @else if (rows() === null) {
        <p class="hd-muted">{{ texts.loading }}</p>
      }
      @if (rows(); as known) {
        @if (known.length === 0) {
          <p class="hd-muted">{{ texts.none }}</p>
        }
        <ul>
          @for (row of known; track row.key) {
            <li data-testid="event" [attr.data-kind]="row.kind">
              <button type="button" [attr.title]="texts.show" (click)="show(row.at)">
                {{ row.time }}
              </button>
              @if (row.status; as status) {
                <hd-status-dot [status]="status" />
              } @else {
                <i aria-hidden="true"></i>
              }
              <bdi>{{ row.text }}</bdi>
              <button
                type="button"
                class="hd-icon-button who"
                data-testid="ask-event"
                [attr.aria-label]="culpritTexts.askEvent"
                [attr.title]="culpritTexts.askEvent"
                (click)="askAbout(row.at)"
              >
                <hd-icon name="culprit" />
              </button>
            </li>
          }
        </ul>
        @if (more() > 0) {
          <button type="button" class="more" data-testid="more-events" (click)="all.set(true)">
            {{ texts.more(more()) }}
          </button>
        }
      }
    </section>
  `,
  styleUrl: './event-list.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class EventList {
  private readonly store = inject(HostStore);
  private readonly events = inject(HostEvents);

  /** Somebody wants to see the charts at the time of an event. */
  readonly zoom = output<TimeWindow>();
  /** Somebody wants to know who was busy at the time of an event. */
  readonly ask = output<TimeWindow>();

  protected readonly texts = TEXTS;
  protected readonly culpritTexts = CULPRIT_TEXTS;
  protected readonly error = this.events.error;
  protected readonly all = signal(false);
  protected readonly rows = computed(() => {
    const known = this.events.recent();
    if (known === null) return null;
    return known.slice(0, this.all() ? known.length : FIRST).map((event) => ({
      key: eventKey(event),
      kind: event.kind,
      at: event.at,
      time: fullTime(event.at),
      status: statusOf(event),
      text: textOf(event),
    }));
  });
  protected readonly more = computed(
    () => (this.events.recent()?.length ?? 0) - (this.rows()?.length ?? 0),
  );

  protected show(at: number): void {
    const time = at + this.store.clockOffset();
    this.zoom.emit(windowBetween(time - AROUND, Math.min(time + AROUND, this.store.hostNow())));
  }

  protected askAbout(at: number): void {
    const time = Math.round(at + this.store.clockOffset());
    this.ask.emit({ from: time, to: time });
  }
}

function statusOf(event: HostEvent): HostStatus | null {
  return event.kind === 'status' ? event.detail.to : null;
}

/** What happened, as a sentence. */
function textOf(event: HostEvent): string {
  const words = eventWords(event);
  const text = words.charAt(0).toUpperCase() + words.slice(1);
  return event.kind === 'hub_blind'
    ? TEXTS.lasting(text, durationWords(event.until - event.at))
    : text;
}
