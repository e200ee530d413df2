import { ChangeDetectionStrategy, Component, computed, inject, output } from '@angular/core';
import { fullTime } from '../charts/time-labels';
import { Icon } from '../icons/icon';
import { HostStore } from './host-store';
import { HOST_TEXTS } from './host.texts';
import { RangeChoice } from './range-choice';
import { changeWindow, type TimeRange, type TimeWindow, type WindowChange } from './time-range';

const CHANGES = [
  { change: 'earlier', icon: 'earlier' },
  { change: 'later', icon: 'later' },
  { change: 'in', icon: 'zoom-in' },
  { change: 'out', icon: 'zoom-out' },
] as const satisfies readonly { change: WindowChange; icon: string }[];

/** Everything that changes which part of time the charts show. */
@Component({
  selector: 'hd-time-tools',
  imports: [Icon, RangeChoice],
  template: `
    <hd-range-choice [chosen]="fixed() === null ? range() : null" (choose)="choose.emit($event)" />
    <div class="moves" role="group" [attr.aria-label]="texts.zoom.name">
      @for (one of changes; track one.change) {
        <button
          type="button"
          class="hd-icon-button"
          [attr.data-testid]="'time-' + one.change"
          [attr.aria-label]="texts.zoom[one.change]"
          [attr.title]="texts.zoom[one.change]"
          [disabled]="one.change === 'later' && fixed() === null"
          (click)="move(one.change)"
        >
          <hd-icon [name]="one.icon" />
        </button>
      }
    </div>
    @if (fixed() === null) {
      <button
        type="button"
        class="press"
        data-testid="pause"
        [attr.aria-pressed]="paused()"
        (click)="togglePause()"
      >
        <hd-icon [name]="paused() ? 'play' : 'pause'" />{{ paused() ? texts.follow : texts.pause }}
      </button>
      @if (paused()) {
        <span class="span" data-testid="shown-span">{{ span() }}</span>
      }
    } @else {
      <button type="button" class="press live" data-testid="back-to-live" (click)="live.emit()">
        <hd-icon name="play" />{{ texts.backToLive }}
      </button>
      <span class="span" data-testid="shown-span">{{ span() }}</span>
    }
  `,
  styleUrl: './time-tools.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class TimeTools {
  private readonly store = inject(HostStore);

  readonly choose = output<TimeRange>();
  readonly zoom = output<TimeWindow>();
  /** Charts shall stand still with this moment at their right edge; `null`: follow the newest data. */
  readonly pauseAt = output<number | null>();
  /** Somebody wants to follow the newest data again. */
  readonly live = output();

  protected readonly texts = HOST_TEXTS;
  protected readonly changes = CHANGES;
  protected readonly range = this.store.range;
  protected readonly fixed = this.store.fixed;
  protected readonly paused = this.store.paused;
  protected readonly span = computed(() => {
    const { from, to } = this.store.window();
    return HOST_TEXTS.between(fullTime(from, to - from), fullTime(to, to - from));
  });

  protected move(change: WindowChange): void {
    this.zoom.emit(changeWindow(this.store.window(), change, this.store.hostNow()));
  }

  protected togglePause(): void {
    this.pauseAt.emit(this.paused() ? null : this.store.window().to);
  }
}
