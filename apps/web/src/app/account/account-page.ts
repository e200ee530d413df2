import { ChangeDetectionStrategy, Component, DOCUMENT, inject } from '@angular/core';
import { ChoiceField } from '../alerts/fields/choice-field';
import { LANGUAGE, LANGUAGE_NAMES, LANGUAGES, rememberLanguage } from '../language/language';
import { Session } from '../session/session';
import { SHELL_TEXTS } from '../shell/shell.texts';
import { Theme, THEME_CHOICES } from '../theme/theme';
import { ACCOUNT_TEXTS } from './account.texts';
import { OwnSessions } from './own-sessions';
import { PasswordForm } from './password-form';

/** Who one is here: name and role, password, sessions, and how the page looks in this browser. */
@Component({
  selector: 'hd-account-page',
  imports: [ChoiceField, OwnSessions, PasswordForm],
  templateUrl: './account-page.html',
  styleUrl: './account-page.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class AccountPage {
  private readonly theme = inject(Theme);
  private readonly view = inject(DOCUMENT).defaultView;

  protected readonly texts = ACCOUNT_TEXTS;
  protected readonly roles = SHELL_TEXTS.roles;
  protected readonly me = inject(Session).me;
  protected readonly themeChoice = this.theme.choice;
  protected readonly language = LANGUAGE;
  protected readonly themes = THEME_CHOICES.map((value) => ({
    value,
    label: SHELL_TEXTS.themes[value],
  }));
  protected readonly languages = LANGUAGES.map((value) => ({
    value,
    label: LANGUAGE_NAMES[value],
  }));

  protected chooseTheme(value: string): void {
    const choice = THEME_CHOICES.find((one) => one === value);
    if (choice !== undefined) this.theme.choose(choice);
  }

  /** Texts are fixed when the page is loaded: it is loaded again. */
  protected chooseLanguage(value: string): void {
    const language = LANGUAGES.find((one) => one === value);
    if (language === undefined) return;
    rememberLanguage(language);
    this.view?.location.reload();
  }
}
