import {
  ChangeDetectionStrategy,
  Component,
  DestroyRef,
  effect,
  inject,
  input,
  signal,
  untracked,
} from '@angular/core';
import { RouterLink } from '@angular/router';
import type { AgentReport, HostSettings, SettingsOverride } from '@hostdeck/contracts';
import { HubApi } from '../api/hub-api';
import { reasonSentence } from '../api/problem';
import { Session } from '../session/session';
import { AgentReportView } from './agent-report';
import { SettingsForm } from './settings-form';
import { SETTINGS_TEXTS } from './settings.texts';

/** The agent says what it made of a change within seconds: wait between two looks at it, ms. */
const LOOK_AGAIN = 3_000;

/** The settings of one host, where each comes from, and how its agent is doing with them. */
@Component({
  selector: 'hd-host-settings',
  imports: [AgentReportView, RouterLink, SettingsForm],
  templateUrl: './host-settings.html',
  styleUrl: './settings-page.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class HostSettingsView {
  private readonly api = inject(HubApi);

  readonly hostId = input.required<string>();
  /** The host's clock, ms since the epoch. */
  readonly now = input.required<number>();

  protected readonly texts = SETTINGS_TEXTS;
  protected readonly mayChange = inject(Session).mayChangeSettings;
  protected readonly settings = signal<HostSettings | null>(null);
  protected readonly report = signal<AgentReport | null>(null);
  protected readonly failure = signal('');
  private again: ReturnType<typeof setTimeout> | undefined;
  private left = false;

  constructor() {
    effect(() => {
      this.hostId();
      untracked(() => {
        this.settings.set(null);
        this.report.set(null);
        void this.load();
        void this.look();
      });
    });
    inject(DestroyRef).onDestroy(() => {
      this.left = true;
      clearTimeout(this.again);
    });
  }

  protected readonly save = async (own: SettingsOverride): Promise<void> => {
    this.settings.set(await this.api.setHostSettings(this.hostId(), own));
  };

  protected async load(): Promise<void> {
    this.failure.set('');
    try {
      this.settings.set(await this.api.hostSettings(this.hostId()));
    } catch (error) {
      this.failure.set(reasonSentence(error));
    }
  }

  private async look(): Promise<void> {
    clearTimeout(this.again);
    try {
      this.report.set((await this.api.host(this.hostId())).report ?? null);
    } catch {
      // What was known stays; the bar of the page says that the hub does not answer.
    }
    if (!this.left) this.again = setTimeout(() => void this.look(), LOOK_AGAIN);
  }
}
