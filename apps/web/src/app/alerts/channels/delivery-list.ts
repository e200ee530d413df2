import {
  ChangeDetectionStrategy,
  Component,
  computed,
  DestroyRef,
  inject,
  signal,
} from '@angular/core';
import type { Delivery } from '@hostdeck/contracts';
import { reasonOf } from '../../api/problem';
import { fullTime } from '../../charts/time-labels';
import { FormError } from '../../shell/form-error';
import { ChannelsApi } from './channels-api';
import { CHANNELS_TEXTS } from './channels.texts';

const TEXTS = CHANNELS_TEXTS.deliveries;
const SHOWN = 20;
/** A message that waits is sent or tried again within seconds: wait between two looks, ms. */
const LOOK_AGAIN = 5_000;

/** What became of the last messages. */
@Component({
  selector: 'hd-delivery-list',
  imports: [FormError],
  template: `
    <section class="hd-panel">
      <h2>{{ texts.heading }}</h2>
      <hd-form-error [message]="error()" />
      @if (rows(); as known) {
        @if (known.length === 0) {
          <p class="hd-muted">{{ texts.none }}</p>
        }
        <ul>
          @for (row of known; track row.id) {
            <li data-testid="delivery" [attr.data-state]="row.state">
              <p>
                <bdi>{{ row.title }}</bdi>
              </p>
              <p class="hd-muted">
                {{ row.time }} · <bdi>{{ row.channelName }}</bdi> ·
                <span class="state">{{ texts.states[row.state] }}</span>
                @if (row.attempts > 1) {
                  · {{ texts.attempts(row.attempts) }}
                }
                @if (row.error !== null && row.state !== 'delivered') {
                  · <bdi>{{ row.error.message }}</bdi>
                }
              </p>
              @if (row.state === 'failed') {
                <button type="button" data-testid="retry-delivery" (click)="retry(row.id)">
                  {{ texts.retry }}
                </button>
              }
            </li>
          }
        </ul>
      }
    </section>
  `,
  styleUrl: './delivery-list.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class DeliveryList {
  private readonly api = inject(ChannelsApi);

  protected readonly texts = TEXTS;
  protected readonly error = signal('');
  private readonly known = signal<readonly Delivery[] | null>(null);
  protected readonly rows = computed(
    () =>
      this.known()?.map((delivery) => ({ ...delivery, time: fullTime(delivery.createdAt) })) ??
      null,
  );

  constructor() {
    void this.load();
    const timer = setInterval(() => void this.look(), LOOK_AGAIN);
    inject(DestroyRef).onDestroy(() => clearInterval(timer));
  }

  protected async retry(id: number): Promise<void> {
    this.error.set('');
    try {
      await this.api.retry(id);
      await this.load();
    } catch (error) {
      this.error.set(reasonOf(error));
    }
  }

  private async load(): Promise<void> {
    try {
      await this.ask();
    } catch (error) {
      this.error.set(reasonOf(error));
    }
  }

  private async look(): Promise<void> {
    try {
      await this.ask();
    } catch {
      // What was known stays; the bar of the page says that the hub does not answer.
    }
  }

  private async ask(): Promise<void> {
    this.known.set((await this.api.deliveries(SHOWN)).items);
  }
}
