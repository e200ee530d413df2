import {
  ChangeDetectionStrategy,
  Component,
  computed,
  DestroyRef,
  inject,
  input,
  type OnInit,
  signal,
} from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { Router } from '@angular/router';
import { HubClock } from '../live/hub-clock';
import { EntryCard } from '../session/entry-card';
import { localUrl } from '../session/local-url';
import { Session } from '../session/session';
import { StatusDot } from '../status/status-dot';
import { STATUSES } from '../status/status';
import { STATUS_WORDS } from '../status/status.texts';
import { ageWords } from '../units/duration';
import { timeWords } from '../units/time';
import { LastSeen } from './last-seen';
import { OFFLINE_TEXTS } from './offline.texts';

/** How often the hub is tried again, ms. */
const RETRY = 3_000;

/** What is shown when the app starts and the hub does not answer: what was seen last, and how old it is. */
@Component({
  selector: 'hd-offline-page',
  imports: [EntryCard, MatButtonModule, StatusDot],
  template: `
    <hd-entry-card [heading]="texts.title" [lead]="texts.lead">
      @if (sighting) {
        <p data-testid="last-seen">{{ seen() }}</p>
        <ul>
          @for (state of states; track state.status) {
            <li>
              <hd-status-dot [status]="state.status" /><b>{{ state.count }}</b> {{ state.word }}
            </li>
          }
        </ul>
      } @else {
        <p>{{ texts.never }}</p>
      }
      <button mat-flat-button type="button" [disabled]="trying()" (click)="tryNow()">
        {{ trying() ? texts.trying : texts.tryNow }}
      </button>
    </hd-entry-card>
  `,
  styles: `
    p {
      font-size: 14px;
    }
    ul {
      display: flex;
      flex-wrap: wrap;
      gap: 4px 20px;
      margin: 8px 0 0;
      padding: 0;
      list-style: none;
      font-size: 14px;
      font-variant-numeric: tabular-nums;
    }
    li {
      display: flex;
      align-items: center;
      gap: 6px;
      color: var(--hd-muted);
    }
    b {
      color: var(--hd-text);
      font-weight: 600;
    }
    button {
      width: 100%;
      margin-top: 24px;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class OfflinePage implements OnInit {
  private readonly clock = inject(HubClock);
  private readonly router = inject(Router);
  private readonly session = inject(Session);

  /** Where to go on, from the query. */
  readonly return = input<string>();

  protected readonly texts = OFFLINE_TEXTS;
  protected readonly sighting = inject(LastSeen).read();
  protected readonly states = STATUSES.map((status) => ({
    status,
    word: STATUS_WORDS[status].toLowerCase(),
    count: this.sighting?.states[status] ?? 0,
  })).filter(({ count }) => count > 0);
  protected readonly trying = signal(false);
  protected readonly seen = computed(() => {
    const at = this.sighting?.at ?? 0;
    return OFFLINE_TEXTS.seen(ageWords(this.clock.since(at)), timeWords(at));
  });

  constructor() {
    const timer = setInterval(() => void this.tryAgain(), RETRY);
    inject(DestroyRef).onDestroy(() => clearInterval(timer));
  }

  ngOnInit(): void {
    void this.tryAgain();
  }

  protected async tryNow(): Promise<void> {
    this.trying.set(true);
    await this.tryAgain();
    this.trying.set(false);
  }

  private async tryAgain(): Promise<void> {
    try {
      await this.session.restore();
    } catch {
      // Still no answer; the page says so, and asks again.
      return;
    }
    await this.router.navigateByUrl(localUrl(this.return()), { replaceUrl: true });
  }
}
