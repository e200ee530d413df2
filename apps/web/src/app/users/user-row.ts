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
import { Session } from '../session/session';
import { Attempt } from '../shell/attempt';
import { FormError } from '../shell/form-error';
import { SHELL_TEXTS } from '../shell/shell.texts';
import { timeWords } from '../units/time';
import { InviteLink } from './invite-link';
import { UsersApi } from './users-api';
import { USERS_TEXTS } from './users.texts';

/** Something that can be done with a user. */
interface RowAction {
  readonly id: string;
  readonly label: string;
  /** The label with the user's name. */
  readonly name: string;
  readonly run: () => void;
}

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
  protected readonly attempt = new Attempt();
  /** What was just done that is not to be seen. */
  protected readonly done = signal('');
  protected readonly removing = signal(false);
  protected readonly isMe = computed(() => this.session.me()?.id === this.user().id);
  protected readonly details = computed(() => {
    const { status, lastSignInAt } = this.user();
    const seen =
      lastSignInAt === null ? USERS_TEXTS.never : USERS_TEXTS.lastSignIn(timeWords(lastSignInAt));
    return [USERS_TEXTS.status[status], seen].filter(Boolean).join(' · ');
  });

  protected readonly actions = computed((): readonly RowAction[] => {
    const { username, status } = this.user();
    const turn = (disabled: boolean) => () => void this.change({ disabled });
    const remove = {
      id: 'remove-user',
      label: USERS_TEXTS.remove,
      name: USERS_TEXTS.removeOne(username),
      run: () => this.removing.set(true),
    };
    if (status === 'disabled') {
      const { enable: label, enableOne } = USERS_TEXTS;
      return [{ id: 'enable-user', label, name: enableOne(username), run: turn(false) }, remove];
    }
    const { newLink, newLinkFor, signOut, signOutOne, disable, disableOne } = USERS_TEXTS;
    return [
      {
        id: 'new-link',
        label: newLink,
        name: newLinkFor(username),
        run: () => void this.makeLink(),
      },
      {
        id: 'sign-out-user',
        label: signOut,
        name: signOutOne(username),
        run: () => void this.endSessions(),
      },
      { id: 'disable-user', label: disable, name: disableOne(username), run: turn(true) },
      remove,
    ];
  });

  protected async setRole(field: HTMLSelectElement): Promise<void> {
    const role = ROLES.find((one) => one === field.value);
    if (role !== undefined) await this.change({ role });
    // What the hub refused is not what the field shows.
    field.value = this.user().role;
  }

  private async change(change: { role?: Role; disabled?: boolean }): Promise<void> {
    await this.attempt.run(async () => {
      this.changed.emit(await this.api.change(this.user().id, change));
      if (this.isMe()) await this.session.restore();
    });
  }

  private async endSessions(): Promise<void> {
    const ended = await this.attempt.run(() => this.api.endSessions(this.user().id));
    this.done.set(ended ? USERS_TEXTS.signedOut(this.user().username) : '');
  }

  private async makeLink(): Promise<void> {
    await this.attempt.run(async () => {
      this.invited.emit(await this.api.invite(this.user().id));
    });
  }

  protected async remove(): Promise<void> {
    await this.attempt.run(async () => {
      await this.api.remove(this.user().id);
      this.removed.emit();
    });
    this.removing.set(false);
  }
}
