import { ChangeDetectionStrategy, Component, computed, inject, signal } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import type { SessionInfo } from '@hostdeck/contracts';
import { ApiError } from '../api/problem';
import { Attempt } from '../shell/attempt';
import { FormError } from '../shell/form-error';
import { timeWords } from '../units/time';
import { AccountApi } from './account-api';
import { ACCOUNT_TEXTS } from './account.texts';
import { browserNames } from './browser-names';

const TEXTS = ACCOUNT_TEXTS.sessions;

/** Where one is signed in, with the means to end it there. */
@Component({
  selector: 'hd-own-sessions',
  imports: [FormError, MatButtonModule],
  templateUrl: './own-sessions.html',
  styleUrl: './own-sessions.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class OwnSessions {
  private readonly api = inject(AccountApi);
  /** `null` before the first answer. */
  private readonly known = signal<readonly SessionInfo[] | null>(null);

  protected readonly texts = TEXTS;
  protected readonly attempt = new Attempt();
  /** What was just done. */
  protected readonly done = signal('');
  protected readonly rows = computed(
    () =>
      this.known()?.map(({ id, current, createdAt, address, browser }) => {
        const device = deviceWords(browser);
        const time = timeWords(createdAt);
        const from = address === null ? [] : [TEXTS.from(address)];
        return {
          id,
          current,
          device,
          browser,
          details: [TEXTS.since(time), ...from].join(' · '),
          endName: TEXTS.endOne(device, time),
        };
      }) ?? null,
  );
  protected readonly hasOthers = computed(() => this.rows()?.some(({ current }) => !current));

  constructor() {
    void this.load();
  }

  /** Asks the hub anew. */
  load(): Promise<boolean> {
    this.done.set('');
    return this.attempt.run(async () => this.known.set(await this.api.sessions()));
  }

  protected async end(id: string): Promise<void> {
    const ended = await this.attempt.run(async () => {
      try {
        await this.api.endSession(id);
      } catch (error) {
        // It has ended meanwhile: that is what was wanted.
        if (!(error instanceof ApiError) || error.status !== 404) throw error;
      }
      this.known.update((sessions) => sessions?.filter((one) => one.id !== id) ?? null);
    });
    this.done.set(ended ? TEXTS.ended : '');
  }

  protected async endOthers(): Promise<void> {
    const ended = await this.attempt.run(async () => {
      await this.api.endOtherSessions();
      this.known.update((sessions) => sessions?.filter(({ current }) => current) ?? null);
    });
    this.done.set(ended ? TEXTS.othersEnded : '');
  }
}

/** A browser as people call it; else the beginning of its own words. */
function deviceWords(userAgent: string | null): string {
  if (userAgent === null) return TEXTS.unknownDevice;
  const names = browserNames(userAgent);
  return names === null ? userAgent : TEXTS.device(names.browser, names.system);
}
