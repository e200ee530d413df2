import { ChangeDetectionStrategy, Component, computed, inject, signal } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import type { TestAnswer } from '@hostdeck/contracts';
import { reasonOf } from '../../api/problem';
import { fullTime } from '../../charts/time-labels';
import { FormError } from '../../shell/form-error';
import { PushApi } from './push-api';
import { PUSH_TEXTS } from './push.texts';
import { ThisBrowser } from './this-browser';

const TEXTS = PUSH_TEXTS;

/** Messages in this browser, also while no page is open: whether they come, and the switch. */
@Component({
  selector: 'hd-browser-page',
  imports: [FormError, MatButtonModule],
  template: `
    <section class="hd-panel">
      <h2>{{ texts.heading }}</h2>
      <p class="hd-muted">{{ texts.lead }}</p>
      <p class="state" role="status" data-testid="push-state" [attr.data-state]="state()">
        {{ texts.states[state()] }}
      </p>
      <hd-form-error [message]="error()" />
      <div class="actions">
        @if (state() === 'off') {
          <button
            mat-flat-button
            type="button"
            data-testid="push-on"
            [disabled]="busy()"
            (click)="turnOn()"
          >
            {{ busy() ? texts.working : texts.turnOn }}
          </button>
        } @else if (state() === 'on') {
          <button
            mat-stroked-button
            type="button"
            data-testid="push-test"
            [disabled]="busy()"
            (click)="test()"
          >
            {{ texts.test }}
          </button>
          <button
            mat-button
            type="button"
            data-testid="push-off"
            [disabled]="busy()"
            (click)="turnOff()"
          >
            {{ texts.turnOff }}
          </button>
        }
      </div>
      <p role="status" data-testid="push-tested" [class.failed]="tested()?.worked === false">
        <bdi>{{ tested()?.words }}</bdi>
      </p>
      <p class="hd-muted">{{ texts.needsChannel }}</p>
      @if (browsers(); as known) {
        <h3>{{ texts.browsers }}</h3>
        <ul>
          @for (browser of known; track browser.id) {
            <li data-testid="push-browser">
              <span>
                <bdi>{{ browser.browser }}</bdi>
                @if (browser.isHere) {
                  <b>&ngsp;({{ texts.thisOne }})</b>
                }
                <span class="hd-muted">&ngsp;{{ browser.since }}</span>
              </span>
              <button
                mat-button
                type="button"
                data-testid="push-remove"
                [attr.aria-label]="texts.removeOf(browser.browser)"
                [disabled]="busy()"
                (click)="remove(browser.id)"
              >
                {{ texts.remove }}
              </button>
            </li>
          } @empty {
            <li class="hd-muted">{{ texts.noBrowsers }}</li>
          }
        </ul>
      }
    </section>
  `,
  styleUrl: './browser-page.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class BrowserPage {
  private readonly api = inject(PushApi);
  private readonly here = inject(ThisBrowser);
  private readonly answer = signal<TestAnswer | null>(null);

  protected readonly texts = TEXTS;
  protected readonly state = this.here.state;
  protected readonly error = signal('');
  protected readonly busy = signal(false);
  protected readonly browsers = computed(
    () =>
      this.here.browsers()?.map((browser) => ({
        ...browser,
        isHere: browser.id === this.here.id(),
        since: TEXTS.since(fullTime(browser.createdAt)),
      })) ?? null,
  );
  /** What became of the last test. */
  protected readonly tested = computed(() => {
    const answer = this.answer();
    if (answer === null) return null;
    return answer.ok
      ? { worked: true, words: TEXTS.tested }
      : { worked: false, words: TEXTS.testFailed(answer.error.message) };
  });

  constructor() {
    void this.run(() => this.here.look());
  }

  protected turnOn(): Promise<void> {
    return this.run(() => this.here.turnOn());
  }

  protected turnOff(): Promise<void> {
    return this.run(() => this.here.turnOff());
  }

  protected remove(id: string): Promise<void> {
    return this.run(() => this.here.remove(id));
  }

  protected async test(): Promise<void> {
    const id = this.here.id();
    if (id === null) return;
    await this.run(async () => this.answer.set(await this.api.test(id)));
  }

  private async run(work: () => Promise<void>): Promise<void> {
    this.busy.set(true);
    this.error.set('');
    this.answer.set(null);
    try {
      await work();
    } catch (error) {
      this.error.set(TEXTS.failed(reasonOf(error)));
    } finally {
      this.busy.set(false);
    }
  }
}
