import { computed, DestroyRef, inject, Injectable, signal } from '@angular/core';
import type { ProcessScan } from '@hostdeck/contracts';
import { HubClock } from '../live/hub-clock';
import { LiveConnection } from '../live/live-connection';
import { ProcessBook, type ProcessTable } from './process-book';

/** Why there is no table. */
export type ProcessAbsence =
  /** The first scan is on its way. */
  | { readonly kind: 'waiting' }
  /** There will be none. */
  | { readonly kind: 'unavailable'; readonly reason: string };

/** The processes of one host, scanned as long as this lives. One per table. */
@Injectable()
export class ProcessStore {
  private readonly clock = inject(HubClock);
  private readonly connection = inject(LiveConnection);

  private book = new ProcessBook();
  private readonly newest = signal<ProcessTable | null>(null);
  private readonly held = signal<ProcessTable | null>(null);
  private readonly arrived = signal<number | null>(null);
  private readonly why = signal<ProcessAbsence>({ kind: 'waiting' });
  private unwatch: (() => void) | null = null;

  /** The scan that is shown: the newest, or while paused the one of then; `null` before the first. */
  readonly table = computed(() => this.held() ?? this.newest());
  readonly paused = computed(() => this.held() !== null);
  /** Why there is no scan, or will be no further one; `null` while they come. */
  readonly absence = computed(() => {
    const why = this.why();
    return why.kind === 'waiting' && this.newest() !== null ? null : why;
  });
  /** Age of the newest scan on the hub's clock, ms; `null` before the first. */
  readonly age = computed(() => {
    const arrived = this.arrived();
    return arrived === null ? null : this.clock.since(arrived);
  });
  /** When the connection to the hub was lost; `null` while it stands. */
  readonly lostAt = this.connection.lostAt;

  constructor() {
    inject(DestroyRef).onDestroy(() => this.unwatch?.());
  }

  /** Shows the processes of a host from now on. */
  open(hostId: string): void {
    this.unwatch?.();
    this.newest.set(null);
    this.held.set(null);
    this.arrived.set(null);
    this.why.set({ kind: 'waiting' });
    this.unwatch = this.connection.watchProcesses(hostId, {
      snapshot: ({ scan, unavailable, hubTime }) => {
        this.book = new ProcessBook();
        this.why.set(
          unavailable === null ? { kind: 'waiting' } : { kind: 'unavailable', reason: unavailable },
        );
        if (scan !== null) this.take(scan, hubTime);
      },
      update: ({ scan, hubTime }) => {
        this.why.set({ kind: 'waiting' });
        this.take(scan, hubTime);
      },
      refused: ({ message }) => this.why.set({ kind: 'unavailable', reason: message }),
    });
  }

  pause(): void {
    this.held.set(this.newest());
  }

  follow(): void {
    this.held.set(null);
  }

  private take(scan: ProcessScan, hubTime: number): void {
    const table = this.book.apply(scan);
    if (table === null) return;
    this.newest.set(table);
    this.arrived.set(hubTime);
  }
}
