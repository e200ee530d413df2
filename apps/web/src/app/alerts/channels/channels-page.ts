import {
  afterRenderEffect,
  ChangeDetectionStrategy,
  Component,
  computed,
  ElementRef,
  inject,
  signal,
} from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { MatButtonModule } from '@angular/material/button';
import { ActivatedRoute } from '@angular/router';
import type { Channel, ChannelKindInfo, NotificationRoute } from '@hostdeck/contracts';
import { reasonOf } from '../../api/problem';
import { Icon } from '../../icons/icon';
import { HubClock } from '../../live/hub-clock';
import { EmptyState } from '../../shell/empty-state';
import { FormError } from '../../shell/form-error';
import { ageWords } from '../../units/duration';
import { ALERTS_TEXTS } from '../alerts.texts';
import { ChannelForm } from './channel-form';
import { channelInWords } from './channel-words';
import { ChannelsApi } from './channels-api';
import { CHANNELS_TEXTS } from './channels.texts';
import { DeliveryList } from './delivery-list';
import { NotificationSettingsForm } from './notification-settings-form';
import { RouteList } from './route-list';

/** Parts with an address of their own, after the `#`. */
const PARTS = ['routes', 'deliveries'] as const;

/** Where messages go: channels, routes to them, what became of the last messages, and where they may go at all. */
@Component({
  selector: 'hd-channels-page',
  imports: [
    ChannelForm,
    DeliveryList,
    EmptyState,
    FormError,
    Icon,
    MatButtonModule,
    NotificationSettingsForm,
    RouteList,
  ],
  templateUrl: './channels-page.html',
  styleUrl: './channels-page.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ChannelsPage {
  private readonly api = inject(ChannelsApi);
  private readonly clock = inject(HubClock);

  protected readonly texts = CHANNELS_TEXTS;
  protected readonly shared = ALERTS_TEXTS;
  protected readonly kinds = signal<readonly ChannelKindInfo[]>([]);
  protected readonly channels = signal<readonly Channel[] | null>(null);
  protected readonly routes = signal<readonly NotificationRoute[]>([]);
  protected readonly error = signal('');
  /** Id of the channel that is being written; `new` for another one. */
  protected readonly written = signal<string | null>(null);

  protected readonly rows = computed(() => {
    const labels = new Map(this.kinds().map(({ kind, label }) => [kind, label]));
    return (
      this.channels()?.map((channel) => ({
        channel,
        kind: labels.get(channel.kind) ?? channel.kind,
        ...this.healthOf(channel),
        waiting: channel.health.waiting === 0 ? '' : CHANNELS_TEXTS.waiting(channel.health.waiting),
      })) ?? null
    );
  });

  constructor() {
    const fragment = toSignal(inject(ActivatedRoute).fragment);
    const page = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
    const isShown = computed(() => this.channels() !== null);
    afterRenderEffect(() => {
      const part = PARTS.find((one) => one === fragment());
      if (isShown() && part !== undefined) page.querySelector(`#${part}`)?.scrollIntoView();
    });
    void this.load();
  }

  /** Asks for everything anew, and closes the form. */
  protected async load(): Promise<void> {
    this.error.set('');
    try {
      const [kinds, channels, routes] = await Promise.all([
        this.api.kinds(),
        this.api.channels(),
        this.api.routes(),
      ]);
      this.kinds.set(kinds.items.map(channelInWords));
      this.routes.set(routes.items);
      this.channels.set(channels.items);
      this.written.set(null);
    } catch (error) {
      this.error.set(ALERTS_TEXTS.failed(reasonOf(error)));
    }
  }

  private healthOf({ enabled, health }: Channel) {
    if (!enabled) return { state: 'off', words: CHANNELS_TEXTS.off, reason: '' };
    if (health.failures > 0) {
      const reason = health.lastError?.message ?? '';
      return { state: 'fails', words: CHANNELS_TEXTS.fails(health.failures), reason };
    }
    const { lastSuccessAt } = health;
    return lastSuccessAt === null
      ? { state: 'unused', words: CHANNELS_TEXTS.unused, reason: '' }
      : {
          state: 'works',
          words: CHANNELS_TEXTS.works(ageWords(this.clock.since(lastSuccessAt))),
          reason: '',
        };
  }
}
