import { HttpClient } from '@angular/common/http';
import { inject, Injectable } from '@angular/core';
import type {
  CreatedUser,
  Invite,
  List,
  NewUserInfo,
  UserChange,
  UserInfo,
} from '@hostdeck/contracts';
import { firstValueFrom } from 'rxjs';

/** The hub's REST interface for people. Every method rejects with `ApiError`. */
@Injectable({ providedIn: 'root' })
export class UsersApi {
  private readonly http = inject(HttpClient);

  /** Every user, however many pages of the list that takes. */
  async users(): Promise<readonly UserInfo[]> {
    const users: UserInfo[] = [];
    let cursor: string | undefined;
    do {
      const params = { limit: 1_000, ...(cursor === undefined ? {} : { cursor }) };
      const page = await firstValueFrom(this.http.get<List<UserInfo>>('/api/users', { params }));
      users.push(...page.items);
      cursor = page.next;
    } while (cursor !== undefined);
    return users;
  }

  add(user: NewUserInfo): Promise<CreatedUser> {
    return firstValueFrom(this.http.post<CreatedUser>('/api/users', user));
  }

  change(id: string, change: UserChange): Promise<UserInfo> {
    return firstValueFrom(this.http.patch<UserInfo>(userUrl(id), change));
  }

  async remove(id: string): Promise<void> {
    await firstValueFrom(this.http.delete(userUrl(id)));
  }

  /** Signs a user out everywhere. */
  async endSessions(id: string): Promise<void> {
    await firstValueFrom(this.http.delete(`${userUrl(id)}/sessions`));
  }

  /** A new link to set a password; the ones before are good no longer. */
  invite(id: string): Promise<Invite> {
    return firstValueFrom(this.http.post<Invite>(`${userUrl(id)}/invite`, {}));
  }
}

function userUrl(id: string): string {
  return `/api/users/${encodeURIComponent(id)}`;
}
