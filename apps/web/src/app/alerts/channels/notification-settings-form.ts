import { ChangeDetectionStrategy, Component, inject, signal } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import type { NotificationSettings } from '@hostdeck/contracts';
import { reasonOf } from '../../api/problem';
import { FormError } from '../../shell/form-error';
import { ALERTS_TEXTS } from '../alerts.texts';
import { TextField } from '../fields/text-field';
import { ChannelsApi } from './channels-api';
import { CHANNELS_TEXTS } from './channels.texts';

const TEXTS = CHANNELS_TEXTS.settings;

/** Private networks that messages may go to, and the heartbeat to the outside. */
@Component({
  selector: 'hd-notification-settings-form',
  imports: [FormError, MatButtonModule, TextField],
  template: `
    <form class="hd-panel" novalidate (submit)="save(); $event.preventDefault()">
      <h2>{{ texts.heading }}</h2>
      <label>
        <span class="label">{{ texts.networks }}</span>
        <textarea
          #list
          class="wide"
          rows="3"
          spellcheck="false"
          data-testid="networks"
          [value]="networks()"
          (input)="networks.set(list.value)"
        ></textarea>
        <span class="hint">{{ texts.networksHint }}</span>
      </label>
      <label class="check">
        <input
          #on
          type="checkbox"
          data-testid="heartbeat-on"
          [checked]="isCalled()"
          (change)="isCalled.set(on.checked)"
        />
        {{ texts.heartbeat }}
      </label>
      <hd-text-field
        name="heartbeat-url"
        [label]="texts.heartbeatUrl"
        [hint]="isUrlSet() ? texts.heartbeatSet : texts.heartbeatHint"
        [secret]="true"
        [longest]="2000"
        [value]="url()"
        (changed)="url.set($event)"
      />
      <hd-form-error [message]="error()" />
      <p role="status" class="hd-muted">{{ done() ? texts.saved : '' }}</p>
      @if (isKnown()) {
        <button mat-stroked-button type="submit" data-testid="save-networks" [disabled]="busy()">
          {{ texts.save }}
        </button>
      } @else {
        <button mat-stroked-button type="button" [disabled]="busy()" (click)="load()">
          {{ shared.retry }}
        </button>
      }
    </form>
  `,
  styleUrl: './channel-form.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class NotificationSettingsForm {
  private readonly api = inject(ChannelsApi);

  protected readonly texts = TEXTS;
  protected readonly shared = ALERTS_TEXTS;
  protected readonly networks = signal('');
  protected readonly isCalled = signal(false);
  /** Never given back by the hub: who knows it can speak for us. */
  protected readonly url = signal('');
  protected readonly isUrlSet = signal(false);
  protected readonly error = signal('');
  protected readonly busy = signal(false);
  protected readonly done = signal(false);
  /** Whether the form holds what the hub has: what it does not know is not to be saved over it. */
  protected readonly isKnown = signal(false);

  constructor() {
    void this.load();
  }

  protected load(): Promise<void> {
    return this.run(async () => this.take(await this.api.settings()));
  }

  protected async save(): Promise<void> {
    if (!this.isKnown()) return;
    this.done.set(false);
    const url = this.url().trim();
    const networks = this.networks()
      .split(/[\s,]+/)
      .filter(Boolean);
    await this.run(async () => {
      const heartbeat = { enabled: this.isCalled(), ...(url === '' ? {} : { url }) };
      this.take(await this.api.changeSettings({ networks, heartbeat }));
      this.done.set(true);
    });
  }

  private take({ networks, heartbeat }: NotificationSettings): void {
    this.isKnown.set(true);
    this.networks.set(networks.join('\n'));
    this.isCalled.set(heartbeat.enabled);
    this.isUrlSet.set(heartbeat.url.set);
    this.url.set('');
  }

  private async run(work: () => Promise<void>): Promise<void> {
    this.busy.set(true);
    this.error.set('');
    try {
      await work();
    } catch (error) {
      this.error.set(reasonOf(error));
    } finally {
      this.busy.set(false);
    }
  }
}
