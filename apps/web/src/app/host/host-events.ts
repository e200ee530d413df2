import { computed, DestroyRef, inject, Injectable, signal } from '@angular/core';
import type { HostEvent, HostStatus, List } from '@hostdeck/contracts';
import { EMPTY, expand, type Observable, reduce, type Subscription } from 'rxjs';
import { type EventsQuestion, HubApi } from '../api/hub-api';
import { reasonOf } from '../api/problem';

/** Part of time on the hub's clock, ms since the epoch; open at its end where events still come in. */
export interface EventSpan {
  readonly from: number;
  readonly to: number | null;
}

/** Events in one answer; pages of them that are read for one span at most: as many as the hub keeps. */
const PAGE = 1_000;
const MOST_PAGES = 6;
/** Newest events that are known whatever the charts show. */
const RECENT = 50;
/** Events before a span that are looked through for the state it begins in. */
const LOOK_BACK = 50;

/** What happened to the host of the page: the newest, and those in the time the charts show. */
@Injectable()
export class HostEvents {
  private readonly api = inject(HubApi);

  private readonly newest = signal<readonly HostEvent[] | null>(null);
  private readonly inSpan = signal<readonly HostEvent[] | null>(null);
  private readonly before = signal<HostStatus | null>(null);
  private readonly failure = signal<string | null>(null);
  private hostId = '';
  private span: EventSpan | null = null;
  private requests: Subscription[] = [];

  /** The newest events, the newest first; `null` before the first answer. */
  readonly recent = computed(() => this.newest()?.toReversed() ?? null);
  /** Events in the span asked for, ascending; `null` before the first answer. */
  readonly shown = this.inSpan.asReadonly();
  /** State before the first of them; `null` where it is not known. */
  readonly statusBefore = this.before.asReadonly();
  /** Why events are missing; `null` when they are there. */
  readonly error = this.failure.asReadonly();

  constructor() {
    inject(DestroyRef).onDestroy(() => this.leave());
  }

  /** Shows the events of a host from now on. */
  open(hostId: string): void {
    this.leave();
    this.hostId = hostId;
    this.span = null;
    this.newest.set(null);
    this.inSpan.set(null);
    this.before.set(null);
    this.failure.set(null);
  }

  /** Asks for the events of a span, and for the newest. */
  show(span: EventSpan): void {
    this.leave();
    // While the newest data is followed, what came live may be younger than the answer; else it is of another time.
    if (span.to !== null || this.span?.to !== null) this.inSpan.set(null);
    this.span = span;
    this.before.set(null);
    this.ask(this.api.events(this.hostId, { limit: RECENT }), ({ items }) => {
      this.newest.update((known) => inOrder(items.toReversed(), known ?? []).slice(-RECENT));
    });
    const ends = span.to === null ? { from: span.from } : { from: span.from, to: span.to };
    this.ask(this.all({ ...ends, limit: PAGE }), (events) => {
      this.inSpan.update((known) => inOrder(events.toReversed(), known ?? []));
      if (span.to !== null && !events.some(({ kind }) => kind === 'status')) this.lookBack(span);
    });
  }

  /** Takes over events that come while the host is watched. */
  add(events: readonly HostEvent[]): void {
    const known = this.newest();
    if (known !== null) this.newest.set(inOrder(known, events).slice(-RECENT));
    const { span } = this;
    if (span === null) return;
    const within = events.filter(({ at }) => at >= span.from && at < (span.to ?? Infinity));
    const before = this.inSpan();
    if (before === null || within.length === 0) return;
    this.inSpan.set(inOrder(before, within));
  }

  /** Nothing in the span tells a state: the last one before it is in force. */
  private lookBack({ from }: EventSpan): void {
    this.ask(this.api.events(this.hostId, { to: from, limit: LOOK_BACK }), ({ items }) => {
      const last = items.find((event) => event.kind === 'status');
      this.before.set(last?.detail.to ?? null);
    });
  }

  /** All pages of an answer in one. */
  private all(question: EventsQuestion): Observable<HostEvent[]> {
    return this.api.events(this.hostId, question).pipe(
      expand(({ next }, page) =>
        next === undefined || page + 1 >= MOST_PAGES
          ? EMPTY
          : this.api.events(this.hostId, { ...question, cursor: next }),
      ),
      reduce((events: HostEvent[], { items }: List<HostEvent>) => [...events, ...items], []),
    );
  }

  private ask<Answer>(question: Observable<Answer>, take: (answer: Answer) => void): void {
    this.requests.push(
      question.subscribe({
        next: (answer) => {
          this.failure.set(null);
          take(answer);
        },
        error: (error: unknown) => this.failure.set(reasonOf(error)),
      }),
    );
  }

  private leave(): void {
    for (const request of this.requests) request.unsubscribe();
    this.requests = [];
  }
}

/**
 * Two lists in one, ascending, each event once: what comes live is also in the next answer. Events of one moment keep the
 * order they have in `first`, which is why that is the list of the hub where there is one.
 */
function inOrder(first: readonly HostEvent[], second: readonly HostEvent[]): HostEvent[] {
  const byKey = new Map([...first, ...second].map((event) => [eventKey(event), event]));
  return [...byKey.values()].sort((a, b) => a.at - b.at);
}

/** Tells events apart; of one host and moment no two are alike. */
export function eventKey({ at, kind, detail }: HostEvent): string {
  return `${at} ${kind} ${JSON.stringify(detail)}`;
}
