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
import { FormControl, FormGroup, ReactiveFormsModule } from '@angular/forms';
import { MatButtonModule } from '@angular/material/button';
import { MatFormFieldModule } from '@angular/material/form-field';
import { MatInputModule } from '@angular/material/input';
import { ActivatedRoute, Router, RouterLink } from '@angular/router';
import { ApiError, reasonOf } from '../api/problem';
import { HubApi } from '../api/hub-api';
import { EntryCard } from '../session/entry-card';
import { LEAST_PASSWORD, PasswordField } from '../session/password-field';
import { Session } from '../session/session';
import { SESSION_TEXTS } from '../session/session.texts';
import { FormError } from '../shell/form-error';
import { INVITE_TEXTS } from './invite.texts';

const TEXTS = INVITE_TEXTS;

/** What is known of the link. */
type LinkState =
  | { readonly kind: 'checking' | 'over' | 'incomplete' | 'unknown' }
  | { readonly kind: 'good'; readonly username: string };

/** Where a link to set a password leads. Its token stands after the `#`, which browsers send nowhere, and stays there. */
@Component({
  selector: 'hd-invite-page',
  imports: [
    EntryCard,
    FormError,
    MatButtonModule,
    MatFormFieldModule,
    MatInputModule,
    PasswordField,
    ReactiveFormsModule,
    RouterLink,
  ],
  templateUrl: './invite-page.html',
  styleUrl: '../session/entry-form.scss',
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
    password: new FormControl('', { nonNullable: true }),
  });
  protected readonly state = signal<LinkState>({ kind: 'checking' });
  protected readonly busy = signal(false);
  protected readonly error = signal('');
  protected readonly words = computed(() => {
    const { kind } = this.state();
    if (kind === 'good') return TEXTS;
    return kind === 'checking' ? { title: TEXTS.checking, lead: TEXTS.checkingLead } : TEXTS[kind];
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
    this.error.set('');
    this.state.set({ kind: token === '' ? 'incomplete' : 'checking' });
    if (token === '') return;
    const state = await this.stateOf(token);
    if (token === this.token()) this.state.set(state);
  }

  protected async submit(): Promise<void> {
    const token = this.token() ?? '';
    const { password } = this.form.getRawValue();
    if (password.length < LEAST_PASSWORD) {
      this.error.set(SESSION_TEXTS.setUp.short);
      return;
    }
    this.busy.set(true);
    this.error.set('');
    try {
      await this.session.acceptInvite({ token, password });
      // The link is used up: the way back does not lead to it.
      await this.router.navigateByUrl('/', { replaceUrl: true });
    } catch (error) {
      if (isOver(error)) this.state.set({ kind: 'over' });
      else this.error.set(reasonOf(error));
    } finally {
      this.busy.set(false);
    }
  }

  private async stateOf(token: string): Promise<LinkState> {
    try {
      const { username } = await this.api.checkInvite(token);
      return { kind: 'good', username };
    } catch (error) {
      if (isOver(error)) return { kind: 'over' };
      if (error instanceof ApiError && error.status === 400) return { kind: 'incomplete' };
      this.error.set(reasonOf(error));
      return { kind: 'unknown' };
    }
  }
}

function isOver(error: unknown): boolean {
  return error instanceof ApiError && error.status === 404;
}
