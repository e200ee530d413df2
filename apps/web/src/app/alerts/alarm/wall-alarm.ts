import {
  ChangeDetectionStrategy,
  Component,
  computed,
  DestroyRef,
  effect,
  inject,
  untracked,
} from '@angular/core';
import { type IncidentSummary, isWorse } from '@hostdeck/contracts';
import { Icon } from '../../icons/icon';
import { AlertsStore } from '../alerts-store';
import { ALERTS_TEXTS } from '../alerts.texts';
import { AlarmChoice } from './alarm-choice';
import { ALARM_TEXTS } from './alarm.texts';
import { BrowserNotices } from './browser-notices';
import { type IncidentNews, IncidentWatch } from './incident-news';
import { Tones } from './tones';

const TEXTS = ALARM_TEXTS;
/** Notifications shown at once; of a flood the first are enough to turn somebody round. */
const MOST_NOTICES = 4;

/** Makes a wall heard: a tone and a notification for what begins to fire and what is resolved, as far as somebody has turned them on. */
@Component({
  selector: 'hd-wall-alarm',
  imports: [Icon],
  template: `
    <div role="group" [attr.aria-label]="texts.group">
      <button
        type="button"
        class="hd-icon-button"
        data-testid="alarm-sound"
        [class.on]="sound() === 'on'"
        [attr.data-state]="sound()"
        [attr.aria-pressed]="sound() !== 'off'"
        [attr.aria-label]="texts.sound"
        [attr.title]="soundWords()"
        (click)="toggleSound()"
      >
        <hd-icon [name]="sound() === 'on' ? 'sound' : 'sound-off'" />
      </button>
      @if (notices.permission() !== 'none') {
        <button
          type="button"
          class="hd-icon-button"
          data-testid="alarm-notices"
          [class.on]="notifies()"
          [attr.aria-pressed]="notifies()"
          [attr.aria-label]="texts.notices"
          [attr.title]="noticeWords()"
          [disabled]="notices.permission() === 'denied'"
          (click)="toggleNotices()"
        >
          <hd-icon [name]="notifies() ? 'bell' : 'bell-off'" />
        </button>
      }
    </div>
    @if (sound() === 'waits') {
      <p class="hd-muted" role="status" data-testid="alarm-waits">{{ texts.soundWaits }}</p>
    }
  `,
  host: {
    '(document:pointerdown)': 'wake()',
    '(document:keydown)': 'wake()',
  },
  styles: `
    :host {
      display: flex;
      align-items: center;
      gap: 8px;
    }
    div {
      display: flex;
    }
    .on {
      color: var(--hd-accent);
    }
    button:disabled {
      opacity: 0.5;
      cursor: default;
    }
    p {
      max-width: 40ch;
      font-size: 12px;
      line-height: 16px;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class WallAlarm {
  private readonly choice = inject(AlarmChoice);
  private readonly store = inject(AlertsStore);
  private readonly tones = inject(Tones);
  private readonly watch = new IncidentWatch();

  protected readonly texts = TEXTS;
  protected readonly notices = inject(BrowserNotices);
  protected readonly sound = this.tones.state;
  protected readonly notifies = computed(
    () => this.choice.wish().notices && this.notices.permission() === 'granted',
  );
  protected readonly soundWords = computed(() => {
    const words = { on: TEXTS.soundOn, off: TEXTS.soundOff, waits: TEXTS.soundWaits };
    return words[this.sound()];
  });
  protected readonly noticeWords = computed(() => {
    if (this.notices.permission() === 'denied') return TEXTS.noticesDenied;
    return this.notifies() ? TEXTS.noticesOn : TEXTS.noticesOff;
  });

  constructor() {
    const unfollow = this.store.follow();
    inject(DestroyRef).onDestroy(() => {
      unfollow();
      void this.tones.turnOff();
    });
    if (this.choice.wish().sound) void this.tones.turnOn();
    effect(() => {
      const news = this.watch.see(this.store.open());
      if (news.length > 0) untracked(() => this.announce(news));
    });
  }

  protected async toggleSound(): Promise<void> {
    const isOn = this.sound() !== 'off';
    this.choice.choose({ sound: !isOn });
    await (isOn ? this.tones.turnOff() : this.tones.turnOn());
    // Whoever turns it on hears what to expect.
    if (!isOn) this.tones.play('resolved');
  }

  protected async toggleNotices(): Promise<void> {
    const isOn = this.notifies();
    this.choice.choose({ notices: !isOn && (await this.notices.ask()) });
  }

  /** Somebody is here: from now on the browser lets it be heard. */
  protected wake(): void {
    if (this.sound() === 'waits') void this.tones.turnOn();
  }

  private announce(news: readonly IncidentNews[]): void {
    this.tones.play(worstTone(news));
    if (!this.notifies()) return;
    for (const { incident, tone } of news.slice(0, MOST_NOTICES)) {
      void this.notices.show({
        title: tone === 'resolved' ? TEXTS.resolved(incident.title) : incident.title,
        text: `${ALERTS_TEXTS.severities[incident.severity]} · ${hostsOf(incident)}`,
        about: incident.id,
        path: `/alerts/incidents/${incident.id}`,
      });
    }
  }
}

/** One tone for all that comes at once: the most urgent. */
function worstTone(news: readonly IncidentNews[]): IncidentNews['tone'] {
  return news
    .map(({ tone }) => tone)
    .reduce((worst, tone) => {
      if (tone === 'resolved') return worst;
      return worst === 'resolved' || isWorse(tone, worst) ? tone : worst;
    });
}

function hostsOf({ hosts, hostCount }: IncidentSummary): string {
  return ALERTS_TEXTS.row.hosts(hosts[0]?.name ?? '', Math.max(0, hostCount - 1));
}
