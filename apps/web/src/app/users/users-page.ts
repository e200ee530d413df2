import { ChangeDetectionStrategy, Component, inject, signal } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { type CreatedUser, type Invite, ROLES, type UserInfo } from '@hostdeck/contracts';
import { ChoiceField } from '../alerts/fields/choice-field';
import { TextField } from '../alerts/fields/text-field';
import { reasonOf } from '../api/problem';
import { Icon } from '../icons/icon';
import { Session } from '../session/session';
import { Attempt } from '../shell/attempt';
import { EmptyState } from '../shell/empty-state';
import { FormError } from '../shell/form-error';
import { SHELL_TEXTS } from '../shell/shell.texts';
import { TokenList } from '../tokens/token-list';
import { UserRow } from './user-row';
import { UsersApi } from './users-api';
import { USERS_TEXTS } from './users.texts';

/** Who can sign in: an administrator invites, changes and removes users here. */
@Component({
  selector: 'hd-users-page',
  imports: [
    ChoiceField,
    EmptyState,
    FormError,
    Icon,
    MatButtonModule,
    TextField,
    TokenList,
    UserRow,
  ],
  templateUrl: './users-page.html',
  styleUrl: './users-page.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class UsersPage {
  private readonly api = inject(UsersApi);

  protected readonly texts = USERS_TEXTS;
  protected readonly mayManage = inject(Session).mayManageUsers;
  protected readonly roleChoices = ROLES.map((value) => ({
    value,
    label: SHELL_TEXTS.roles[value],
  }));
  /** `null` before the first answer. */
  protected readonly users = signal<readonly UserInfo[] | null>(null);
  /** The links that were made on this page, by user: they can not be asked for again. */
  protected readonly invites = signal<ReadonlyMap<string, Invite>>(new Map());
  protected readonly error = signal('');
  protected readonly writing = signal(false);
  protected readonly name = signal('');
  protected readonly nameError = signal('');
  protected readonly role = signal<string>('viewer');
  protected readonly adding = new Attempt();

  constructor() {
    if (this.mayManage()) void this.load();
  }

  protected async load(): Promise<void> {
    this.error.set('');
    try {
      this.users.set(await this.api.users());
    } catch (error) {
      this.error.set(reasonOf(error));
    }
  }

  protected async add(): Promise<void> {
    const username = this.name().trim();
    const role = ROLES.find((one) => one === this.role()) ?? 'viewer';
    this.nameError.set(username === '' ? USERS_TEXTS.form.noName : '');
    if (username === '') return;
    await this.adding.run(async () => this.take(await this.api.add({ username, role })));
  }

  protected replace(user: UserInfo): void {
    this.users.update((users) => users?.map((one) => (one.id === user.id ? user : one)) ?? null);
  }

  protected keepInvite({ id }: UserInfo, invite: Invite): void {
    this.invites.update((invites) => new Map(invites).set(id, invite));
  }

  protected drop({ id }: UserInfo): void {
    this.users.update((users) => users?.filter((one) => one.id !== id) ?? null);
  }

  private take({ user, invite }: CreatedUser): void {
    this.keepInvite(user, invite);
    this.users.update((users) => [user, ...(users ?? [])]);
    this.writing.set(false);
    this.name.set('');
  }
}
