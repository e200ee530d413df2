import { HttpClient } from '@angular/common/http';
import { inject, Injectable } from '@angular/core';
import type { ApiToken, CreatedApiToken, List, NewApiToken } from '@hostdeck/contracts';
import { firstValueFrom } from 'rxjs';

/** The hub's REST interface for API tokens. Every method rejects with `ApiError`. */
@Injectable({ providedIn: 'root' })
export class TokensApi {
  private readonly http = inject(HttpClient);

  /** Every token, however many pages of the list that takes. */
  async tokens(): Promise<readonly ApiToken[]> {
    const tokens: ApiToken[] = [];
    let cursor: string | undefined;
    do {
      const params = { limit: 1_000, ...(cursor === undefined ? {} : { cursor }) };
      const page = await firstValueFrom(this.http.get<List<ApiToken>>('/api/tokens', { params }));
      tokens.push(...page.items);
      cursor = page.next;
    } while (cursor !== undefined);
    return tokens;
  }

  /** Makes a token. Its secret is in the answer and never told again. */
  create(token: NewApiToken): Promise<CreatedApiToken> {
    return firstValueFrom(this.http.post<CreatedApiToken>('/api/tokens', token));
  }

  async revoke(id: string): Promise<void> {
    await firstValueFrom(this.http.delete(`/api/tokens/${encodeURIComponent(id)}`));
  }
}
