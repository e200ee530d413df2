import { HttpClient } from '@angular/common/http';
import { inject, Injectable } from '@angular/core';
import type { List, PasswordChange, SessionInfo } from '@hostdeck/contracts';
import { firstValueFrom } from 'rxjs';

const SESSIONS = '/api/auth/sessions';

/** What people do with their own account. Every method rejects with `ApiError`. */
@Injectable({ providedIn: 'root' })
export class AccountApi {
  private readonly http = inject(HttpClient);

  /** Ends the other sessions as well. */
  async changePassword(change: PasswordChange): Promise<void> {
    await firstValueFrom(this.http.post('/api/auth/password', change));
  }

  /** Where one is signed in, the newest first. */
  async sessions(): Promise<readonly SessionInfo[]> {
    return (await firstValueFrom(this.http.get<List<SessionInfo>>(SESSIONS))).items;
  }

  async endSession(id: string): Promise<void> {
    await firstValueFrom(this.http.delete(`${SESSIONS}/${encodeURIComponent(id)}`));
  }

  /** Ends every session but this one. */
  async endOtherSessions(): Promise<void> {
    await firstValueFrom(this.http.delete(SESSIONS));
  }
}
