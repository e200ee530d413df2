import { Clipboard } from '@angular/cdk/clipboard';
import { ChangeDetectionStrategy, Component, inject, signal } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { type ApiToken, type CreatedApiToken, ROLES } from '@hostdeck/contracts';
import { ChoiceField } from '../alerts/fields/choice-field';
import { TextField } from '../alerts/fields/text-field';
import { Icon } from '../icons/icon';
import { Attempt } from '../shell/attempt';
import { FormError } from '../shell/form-error';
import { SHELL_TEXTS } from '../shell/shell.texts';
import { timeWords } from '../units/time';
import { TokensApi } from './tokens-api';
import { TOKENS_TEXTS } from './tokens.texts';

/** Tokens by which programs use the hub: an administrator makes and revokes them here. */
@Component({
  selector: 'hd-token-list',
  imports: [ChoiceField, FormError, Icon, MatButtonModule, TextField],
  templateUrl: './token-list.html',
  styleUrl: './token-list.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class TokenList {
  private readonly api = inject(TokensApi);
  private readonly clipboard = inject(Clipboard);

  protected readonly texts = TOKENS_TEXTS;
  protected readonly roleNames = SHELL_TEXTS.roles;
  protected readonly roleChoices = ROLES.map((value) => ({
    value,
    label: SHELL_TEXTS.roles[value],
  }));
  /** `null` before the first answer. */
  protected readonly tokens = signal<readonly ApiToken[] | null>(null);
  protected readonly attempt = new Attempt();
  protected readonly writing = signal(false);
  protected readonly name = signal('');
  protected readonly nameError = signal('');
  protected readonly role = signal<string>('viewer');
  /** The one that was made last, with its secret. */
  protected readonly created = signal<CreatedApiToken | null>(null);
  protected readonly copyState = signal<'none' | 'copied' | 'failed'>('none');
  /** Id of the one that somebody wants to revoke, and is asked whether that is meant. */
  protected readonly removing = signal<string | null>(null);

  constructor() {
    void this.load();
  }

  protected load(): Promise<boolean> {
    return this.attempt.run(async () => this.tokens.set(await this.api.tokens()));
  }

  protected begin(): void {
    this.created.set(null);
    this.nameError.set('');
    this.writing.set(true);
  }

  protected async create(): Promise<void> {
    const name = this.name().trim();
    const role = ROLES.find((one) => one === this.role()) ?? 'viewer';
    this.nameError.set(name === '' ? TOKENS_TEXTS.noName : '');
    if (name === '') return;
    await this.attempt.run(async () => {
      const made = await this.api.create({ name, role });
      this.created.set(made);
      this.copyState.set('none');
      this.tokens.update((tokens) => [made, ...(tokens ?? [])]);
      this.writing.set(false);
      this.name.set('');
    });
  }

  protected async revoke({ id }: ApiToken): Promise<void> {
    await this.attempt.run(async () => {
      await this.api.revoke(id);
      this.tokens.update((tokens) => tokens?.filter((one) => one.id !== id) ?? null);
      if (this.created()?.id === id) this.created.set(null);
    });
    this.removing.set(null);
  }

  protected copy(token: string): void {
    this.copyState.set(this.clipboard.copy(token) ? 'copied' : 'failed');
  }

  protected details({ createdAt, lastUsedAt }: ApiToken): string {
    const used =
      lastUsedAt === null ? TOKENS_TEXTS.unused : TOKENS_TEXTS.used(timeWords(lastUsedAt));
    return [TOKENS_TEXTS.made(timeWords(createdAt)), used].join(' · ');
  }
}
