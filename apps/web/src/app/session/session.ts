import { computed, inject, Injectable, signal } from '@angular/core';
import type { InviteAcceptance, Login, Me, Role, Setup } from '@hostdeck/contracts';
import { ApiError } from '../api/problem';
import { HubApi } from '../api/hub-api';
import { LastSeen } from '../offline/last-seen';

/** Who is signed in. */
@Injectable({ providedIn: 'root' })
export class Session {
  private readonly api = inject(HubApi);
  private readonly lastSeen = inject(LastSeen);
  private readonly current = signal<Me | null>(null);

  readonly me = this.current.asReadonly();
  /** Whether hosts may be added, renamed and removed. */
  readonly mayChangeHosts = computed(() => this.hasRole('operator', 'admin'));

  /** Whether what agents are told to do may be changed. */
  readonly mayChangeSettings = computed(() => this.hasRole('admin'));

  /** Whether users may be made, changed and removed. */
  readonly mayManageUsers = computed(() => this.hasRole('admin'));

  /** Whether it may be read who did what. */
  readonly mayReadAudit = computed(() => this.hasRole('admin'));

  /** Whether views may be shared with whoever has no account. */
  readonly mayShare = computed(() => this.hasRole('admin'));

  /** Asks the hub who is signed in. @returns `null` when nobody is. */
  async restore(): Promise<Me | null> {
    try {
      this.current.set(await this.api.me());
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 401) throw error;
      this.current.set(null);
    }
    return this.current();
  }

  async signIn(login: Login): Promise<void> {
    this.current.set(await this.api.signIn(login));
  }

  /** Makes the first administrator. The hub signs it in or not; what it says afterwards counts. */
  async setUp(setup: Setup): Promise<void> {
    await this.api.setUp(setup);
    if ((await this.restore()) === null) {
      await this.signIn({ username: setup.username, password: setup.password });
    }
  }

  /** Sets the password of whom a link is for, who is signed in then. */
  async acceptInvite(acceptance: InviteAcceptance): Promise<void> {
    this.current.set(await this.api.acceptInvite(acceptance));
  }

  async signOut(): Promise<void> {
    await this.api.signOut();
    this.forget();
  }

  /** Forgets who was signed in, because the hub did. */
  forget(): void {
    this.lastSeen.forget();
    this.current.set(null);
  }

  private hasRole(...roles: readonly Role[]): boolean {
    const me = this.current();
    return me !== null && roles.includes(me.role);
  }
}
