import {
  ChangeDetectionStrategy,
  Component,
  computed,
  DestroyRef,
  DOCUMENT,
  effect,
  inject,
  input,
  signal,
  untracked,
} from '@angular/core';
import { MatDialog, MatDialogConfig } from '@angular/material/dialog';
import { MatMenuModule } from '@angular/material/menu';
import { Router, RouterLink, RouterLinkActive, RouterOutlet } from '@angular/router';
import { AlertLink } from '../alerts/alert-link';
import { FleetStore } from '../fleet/fleet-store';
import { fleetTotals } from '../fleet/fleet-totals';
import { Icon } from '../icons/icon';
import {
  type Language,
  LANGUAGE,
  LANGUAGE_NAMES,
  LANGUAGES,
  rememberLanguage,
} from '../language/language';
import { HubClock } from '../live/hub-clock';
import { LiveConnection } from '../live/live-connection';
import { LastSeen } from '../offline/last-seen';
import { Session } from '../session/session';
import { Theme, THEME_CHOICES, type ThemeChoice } from '../theme/theme';
import { ageWords } from '../units/duration';
import { SHELL_TEXTS } from './shell.texts';
import { Shortcuts } from './shortcuts';
import { Wordmark } from './wordmark';

/** How often it is noted how the fleet is, for a start without the hub, ms. */
const NOTE_EVERY = 10_000;

const THEME_ICONS = { dark: 'moon', light: 'sun', system: 'screen' } as const;

const DISMISSED_KEY = 'hostdeck.set-aside';

/** The file set aside that somebody has read of in this browser. */
function readDismissed(view: Window | null): string | null {
  try {
    return view?.localStorage.getItem(DISMISSED_KEY) ?? null;
  } catch {
    // Storage is turned off in this browser.
    return null;
  }
}

/** What surrounds every page of somebody signed in: the bar, the state of the connection, the account. */
@Component({
  selector: 'hd-shell',
  imports: [AlertLink, Icon, MatMenuModule, RouterLink, RouterLinkActive, RouterOutlet, Wordmark],
  templateUrl: './shell.html',
  styleUrl: './shell.scss',
  host: { '(document:keydown)': 'keyPressed($event)' },
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class Shell {
  /** Query parameter: the page without bar and buttons, for a screen on a wall. */
  readonly kiosk = input<string>();

  private readonly connection = inject(LiveConnection);
  private readonly clock = inject(HubClock);
  private readonly session = inject(Session);
  private readonly fleet = inject(FleetStore);
  private readonly router = inject(Router);
  private readonly theme = inject(Theme);
  private readonly dialog = inject(MatDialog);
  private readonly shortcuts = inject(Shortcuts);
  private readonly lastSeen = inject(LastSeen);
  private readonly view = inject(DOCUMENT).defaultView;

  protected readonly texts = SHELL_TEXTS;
  protected readonly themes = THEME_CHOICES;
  protected readonly themeIcons = THEME_ICONS;
  protected readonly language = LANGUAGE;
  protected readonly languages = LANGUAGES;
  protected readonly languageNames = LANGUAGE_NAMES;
  protected readonly me = this.session.me;
  protected readonly mayManageUsers = this.session.mayManageUsers;
  protected readonly mayReadAudit = this.session.mayReadAudit;
  protected readonly themeChoice = this.theme.choice;
  protected readonly state = this.connection.state;
  protected readonly signOutError = signal('');
  /** What is said while the connection is lost; empty while it stands. */
  protected readonly lost = computed(() => {
    const since = this.connection.lostAt();
    return since === null ? '' : SHELL_TEXTS.lost(ageWords(this.clock.since(since)));
  });

  /** What is said while the hub stores nothing; empty while it does, and while that is not known. */
  protected readonly notStored = computed(() => {
    const error = this.connection.storage()?.error ?? null;
    return error === null || this.lost() !== '' ? '' : SHELL_TEXTS.notStored(error);
  });
  private readonly dismissed = signal(readDismissed(this.view));
  /** The broken database that was set aside, unless somebody has seen that here. */
  protected readonly setAside = computed(() => {
    const file = this.connection.storage()?.corruptFile ?? null;
    return file === this.dismissed() ? null : file;
  });

  /** The version of the hub when this page came from it. */
  private readonly ownVersion = signal<string | null>(null);
  /** The hub's version where it is another than this page's. */
  protected readonly newVersion = computed(() => {
    const own = this.ownVersion();
    const version = this.connection.hubVersion();
    return own === null || own === version ? null : version;
  });
  /** How the key that opens the palette is called on this machine. */
  protected readonly paletteKey = /Mac|iP(hone|ad)/.test(this.view?.navigator.userAgent ?? '')
    ? '⌘ K'
    : 'Ctrl K';

  constructor() {
    this.connection.open();
    effect(() => {
      const version = this.connection.hubVersion();
      if (untracked(this.ownVersion) === null) this.ownVersion.set(version);
    });
    const noteTick = computed(() => Math.floor(this.clock.now() / NOTE_EVERY));
    effect(() => {
      noteTick();
      const hosts = untracked(this.fleet.hosts);
      if (hosts === null || !untracked(this.connection.isFresh)) return;
      this.lastSeen.note(fleetTotals(hosts.values()).states);
    });
    // Left when somebody signs out: the next one sees nothing of what this one saw.
    inject(DestroyRef).onDestroy(() => {
      this.connection.close();
      this.fleet.clear();
    });
  }

  protected chooseTheme(choice: ThemeChoice): void {
    this.theme.choose(choice);
  }

  /** Says no more of a file that was set aside. */
  protected dismiss(file: string): void {
    this.dismissed.set(file);
    try {
      this.view?.localStorage.setItem(DISMISSED_KEY, file);
    } catch {
      // Storage is turned off in this browser: it is said again when the page is loaded again.
    }
  }

  protected tryNow(): void {
    this.connection.open();
  }

  /** Texts are fixed when the page is loaded: it is loaded again, at the same address. */
  protected chooseLanguage(language: Language): void {
    rememberLanguage(language);
    this.reload();
  }

  protected reload(): void {
    this.view?.location.reload();
  }

  protected keyPressed(event: KeyboardEvent): void {
    const isPaletteKey = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k';
    if (isPaletteKey && !event.altKey && !event.shiftKey) {
      event.preventDefault();
      void this.openPalette();
    }
    if (event.key !== '?' || !this.shortcuts.isMeant(event)) return;
    event.preventDefault();
    void this.openHelp();
  }

  protected async openPalette(): Promise<void> {
    if (this.dialog.openDialogs.length > 0) return;
    const { CommandPalette } = await import('./command-palette');
    const place = { width: '600px', maxWidth: 'calc(100vw - 32px)', position: { top: '12vh' } };
    const name = { ariaLabel: SHELL_TEXTS.palette.name };
    this.dialog.open(CommandPalette, Object.assign(new MatDialogConfig(), place, name));
  }

  protected async openHelp(): Promise<void> {
    if (this.dialog.openDialogs.length > 0) return;
    const { KeyHelp } = await import('./key-help');
    const size = { width: '480px', maxWidth: 'calc(100vw - 32px)' };
    this.dialog.open(KeyHelp, Object.assign(new MatDialogConfig(), size));
  }

  protected async signOut(): Promise<void> {
    this.signOutError.set('');
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
