import { HttpClient } from '@angular/common/http';
import { inject, Injectable } from '@angular/core';
import type {
  CreatedShareLink,
  List,
  NewShareLink,
  OpenedShareLink,
  ShareLink,
} from '@hostdeck/contracts';
import { firstValueFrom } from 'rxjs';

/** The hub's REST interface for shared links. Every method rejects with `ApiError`. */
@Injectable({ providedIn: 'root' })
export class ShareApi {
  private readonly http = inject(HttpClient);

  create(link: NewShareLink): Promise<CreatedShareLink> {
    return firstValueFrom(this.http.post<CreatedShareLink>('/api/share-links', link));
  }

  async list(): Promise<readonly ShareLink[]> {
    const params = { limit: 1_000 };
    const { items } = await firstValueFrom(
      this.http.get<List<ShareLink>>('/api/share-links', { params }),
    );
    return items;
  }

  async revoke(id: string): Promise<void> {
    await firstValueFrom(this.http.delete(`/api/share-links/${encodeURIComponent(id)}`));
  }

  /** Exchanges the secret of a link for a session in this browser. @returns where to go */
  async open(secret: string): Promise<string> {
    const opened = this.http.post<OpenedShareLink>('/api/share/session', { secret });
    return (await firstValueFrom(opened)).path;
  }
}
