import {
  ChangeDetectionStrategy,
  Component,
  computed,
  DestroyRef,
  inject,
  signal,
} from '@angular/core';
import { MatMenuModule } from '@angular/material/menu';
import { Router, RouterLink, RouterOutlet } from '@angular/router';
import { FleetStore } from '../fleet/fleet-store';
import { Icon } from '../icons/icon';
import { HubClock } from '../live/hub-clock';
import { LiveConnection } from '../live/live-connection';
import { Session } from '../session/session';
import { Theme, type ThemeChoice } from '../theme/theme';
import { ageWords } from '../units/duration';
import { SHELL_TEXTS } from './shell.texts';
import { Wordmark } from './wordmark';

const THEMES = ['dark', 'light', 'system'] as const satisfies readonly ThemeChoice[];
const THEME_ICONS = { dark: 'moon', light: 'sun', system: 'screen' } as const;

/** What surrounds every page of somebody signed in: the bar, the state of the connection, the account. */
@Component({
  selector: 'hd-shell',
  imports: [Icon, MatMenuModule, RouterLink, RouterOutlet, Wordmark],
  templateUrl: './shell.html',
  styleUrl: './shell.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class Shell {
  private readonly connection = inject(LiveConnection);
  private readonly clock = inject(HubClock);
  private readonly session = inject(Session);
  private readonly fleet = inject(FleetStore);
  private readonly router = inject(Router);
  private readonly theme = inject(Theme);

  protected readonly texts = SHELL_TEXTS;
  protected readonly themes = THEMES;
  protected readonly themeIcons = THEME_ICONS;
  protected readonly me = this.session.me;
  protected readonly themeChoice = this.theme.choice;
  protected readonly state = this.connection.state;
  protected readonly signOutError = signal('');
  /** What is said while the connection is lost; empty while it stands. */
  protected readonly lost = computed(() => {
    const since = this.connection.lostAt();
    return since === null ? '' : SHELL_TEXTS.lost(ageWords(this.clock.since(since)));
  });

  constructor() {
    this.connection.open();
    // Left when somebody signs out: the next one sees nothing of what this one saw.
    inject(DestroyRef).onDestroy(() => {
      this.connection.close();
      this.fleet.clear();
    });
  }

  protected chooseTheme(choice: ThemeChoice): void {
    this.theme.choose(choice);
  }

  protected tryNow(): void {
    this.connection.open();
  }

  protected async signOut(): Promise<void> {
    // First, or the hub would say on it that the session ended, as if that were news.
    this.connection.close();
    try {
      await this.session.signOut();
    } catch {
      this.connection.open();
      this.signOutError.set(SHELL_TEXTS.signOutFailed);
      return;
    }
    await this.router.navigate(['/login']);
  }
}
