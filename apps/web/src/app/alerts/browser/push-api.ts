import { HttpClient } from '@angular/common/http';
import { inject, Injectable } from '@angular/core';
import type {
  List,
  NewPushSubscription,
  PushKey,
  PushSubscriptionInfo,
  TestAnswer,
} from '@hostdeck/contracts';
import { firstValueFrom } from 'rxjs';

const BROWSERS = '/api/push-subscriptions';

/** The hub's REST interface for the browsers of whoever is signed in. Every method rejects with `ApiError`. */
@Injectable({ providedIn: 'root' })
export class PushApi {
  private readonly http = inject(HttpClient);

  /** @returns the hub's public key in base64url */
  async key(): Promise<string> {
    return (await firstValueFrom(this.http.get<PushKey>('/api/push-key'))).publicKey;
  }

  async browsers(): Promise<readonly PushSubscriptionInfo[]> {
    return (await firstValueFrom(this.http.get<List<PushSubscriptionInfo>>(BROWSERS))).items;
  }

  add(subscription: NewPushSubscription): Promise<PushSubscriptionInfo> {
    return firstValueFrom(this.http.post<PushSubscriptionInfo>(BROWSERS, subscription));
  }

  async remove(id: string): Promise<void> {
    await firstValueFrom(this.http.delete(`${BROWSERS}/${encodeURIComponent(id)}`));
  }

  /** Sends a test message to one of them. @returns what its push service answered */
  test(id: string): Promise<TestAnswer> {
    return firstValueFrom(
      this.http.post<TestAnswer>(`${BROWSERS}/${encodeURIComponent(id)}/test`, {}),
    );
  }
}
