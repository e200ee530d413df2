import {
  ChangeDetectionStrategy,
  Component,
  computed,
  effect,
  inject,
  signal,
  untracked,
} from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { FormControl, FormGroup } from '@angular/forms';
import { MatButtonModule } from '@angular/material/button';
import { ActivatedRoute, Router, RouterLink } from '@angular/router';
import { ApiError, reasonOf } from '../api/problem';
import { HubApi } from '../api/hub-api';
import { EntryCard } from '../session/entry-card';
import { EntryField } from '../session/entry-field';
import { EntryForm } from '../session/entry-form';
import { LEAST_PASSWORD, PasswordField } from '../session/password-field';
import { Session } from '../session/session';
import { SESSION_TEXTS } from '../session/session.texts';
import { Attempt } from '../shell/attempt';
import { FormError } from '../shell/form-error';
import { INVITE_TEXTS } from './invite.texts';

const TEXTS = INVITE_TEXTS;

/** What is known of the link. */
type LinkState = 'checking' | 'good' | 'over' | 'incomplete' | 'unknown';

/** Where a link to set a password leads. Its token stands after the `#`, which browsers send nowhere, and stays there. */
@Component({
  selector: 'hd-invite-page',
  imports: [
    EntryCard,
    EntryField,
    EntryForm,
    FormError,
    MatButtonModule,
    PasswordField,
    RouterLink,
  ],
  templateUrl: './invite-page.html',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class InvitePage {
  private readonly api = inject(HubApi);
  private readonly session = inject(Session);
  private readonly router = inject(Router);
  private readonly token = toSignal(inject(ActivatedRoute).fragment);

  protected readonly texts = TEXTS;
  protected readonly passwordHint = SESSION_TEXTS.setUp.passwordHint;
  protected readonly form = new FormGroup({
    username: new FormControl('', { nonNullable: true }),
    password: new FormControl('', { nonNullable: true }),
  });
  protected readonly state = signal<LinkState>('checking');
  protected readonly attempt = new Attempt();
  protected readonly words = computed(() => {
    const state = this.state();
    if (state === 'good') return TEXTS;
    return state === 'checking'
      ? { title: TEXTS.checking, lead: TEXTS.checkingLead }
      : TEXTS[state];
  });

  constructor() {
    // Another link pasted into the same tab changes nothing but what stands after the #.
    effect(() => {
      this.token();
      untracked(() => void this.check());
    });
  }

  protected async check(): Promise<void> {
    const token = this.token() ?? '';
    this.attempt.refuse('');
    this.state.set(token === '' ? 'incomplete' : 'checking');
    if (token === '') return;
    const state = await this.stateOf(token);
    if (token === this.token()) this.state.set(state);
  }

  protected async submit(): Promise<void> {
    const token = this.token() ?? '';
    const { password } = this.form.getRawValue();
    if (password.length < LEAST_PASSWORD) {
      this.attempt.refuse(SESSION_TEXTS.setUp.short);
      return;
    }
    await this.attempt.run(async () => {
      try {
        await this.session.acceptInvite({ token, password });
      } catch (error) {
        if (!isOver(error)) throw error;
        this.state.set('over');
        return;
      }
      // The link is used up: the way back does not lead to it.
      await this.router.navigateByUrl('/', { replaceUrl: true });
    });
  }

  private async stateOf(token: string): Promise<LinkState> {
    try {
      const { username } = await this.api.checkInvite(token);
      this.form.controls.username.setValue(username);
      return 'good';
    } catch (error) {
      if (isOver(error)) return 'over';
      if (error instanceof ApiError && error.status === 400) return 'incomplete';
      this.attempt.refuse(reasonOf(error));
      return 'unknown';
    }
  }
}

function isOver(error: unknown): boolean {
  return error instanceof ApiError && error.status === 404;
}
