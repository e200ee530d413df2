import {
  ChangeDetectionStrategy,
  Component,
  computed,
  inject,
  input,
  output,
  signal,
} from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { type Invite, type Role, ROLES, type UserInfo } from '@hostdeck/contracts';
import { reasonOf } from '../api/problem';
import { Session } from '../session/session';
import { FormError } from '../shell/form-error';
import { SHELL_TEXTS } from '../shell/shell.texts';
import { timeWords } from '../units/time';
import { InviteLink } from './invite-link';
import { UsersApi } from './users-api';
import { USERS_TEXTS } from './users.texts';

/** One user: what is known, what can be done, and beside it what the hub would not do. */
@Component({
  selector: 'hd-user-row',
  imports: [FormError, InviteLink, MatButtonModule],
  templateUrl: './user-row.html',
  styleUrl: './user-row.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class UserRow {
  private readonly api = inject(UsersApi);
  private readonly session = inject(Session);

  readonly user = input.required<UserInfo>();
  /** A link that was just made for the user. */
  readonly invite = input<Invite | null>(null);
  readonly changed = output<UserInfo>();
  readonly invited = output<Invite>();
  readonly removed = output();

  protected readonly texts = USERS_TEXTS;
  protected readonly roles = ROLES;
  protected readonly roleNames = SHELL_TEXTS.roles;
  protected readonly busy = signal(false);
  protected readonly error = signal('');
  protected readonly removing = signal(false);
  protected readonly isMe = computed(() => this.session.me()?.id === this.user().id);
  protected readonly details = computed(() => {
    const { status, lastSignInAt } = this.user();
    const seen =
      lastSignInAt === null ? USERS_TEXTS.never : USERS_TEXTS.lastSignIn(timeWords(lastSignInAt));
    return [USERS_TEXTS.status[status], seen].filter(Boolean).join(' · ');
  });

  protected async setRole(field: HTMLSelectElement): Promise<void> {
    const role = ROLES.find((one) => one === field.value);
    if (role !== undefined) await this.change({ role });
    // What the hub refused is not what the field shows.
    field.value = this.user().role;
  }

  protected async change(change: { role?: Role; disabled?: boolean }): Promise<void> {
    await this.attempt(async () => {
      this.changed.emit(await this.api.change(this.user().id, change));
      if (this.isMe()) await this.session.restore();
    });
  }

  protected async makeLink(): Promise<void> {
    await this.attempt(async () => {
      this.invited.emit(await this.api.invite(this.user().id));
    });
  }

  protected async remove(): Promise<void> {
    await this.attempt(async () => {
      await this.api.remove(this.user().id);
      this.removed.emit();
    });
    this.removing.set(false);
  }

  private async attempt(action: () => Promise<void>): Promise<void> {
    this.busy.set(true);
    this.error.set('');
    try {
      await action();
    } catch (error) {
      this.error.set(reasonOf(error));
    } finally {
      this.busy.set(false);
    }
  }
}
