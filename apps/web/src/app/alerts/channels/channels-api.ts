import { HttpClient } from '@angular/common/http';
import { inject, Injectable } from '@angular/core';
import type {
  Channel,
  ChannelChange,
  ChannelDraft,
  ChannelKindInfo,
  Delivery,
  List,
  NewChannel,
  NewNotificationRoute,
  NotificationRoute,
  NotificationRouteChange,
  NotificationSettings,
  NotificationSettingsChange,
  TestAnswer,
} from '@hostdeck/contracts';
import { firstValueFrom } from 'rxjs';

const ROUTES = '/api/notification-routes';
const SETTINGS = '/api/notification-settings';

/** The hub's REST interface for where messages go. Every method rejects with `ApiError`. */
@Injectable({ providedIn: 'root' })
export class ChannelsApi {
  private readonly http = inject(HttpClient);

  kinds(): Promise<List<ChannelKindInfo>> {
    return firstValueFrom(this.http.get<List<ChannelKindInfo>>('/api/channel-kinds'));
  }

  channels(): Promise<List<Channel>> {
    return firstValueFrom(this.http.get<List<Channel>>('/api/channels'));
  }

  add(channel: NewChannel): Promise<Channel> {
    return firstValueFrom(this.http.post<Channel>('/api/channels', channel));
  }

  change(id: string, change: ChannelChange): Promise<Channel> {
    return firstValueFrom(this.http.patch<Channel>(channelUrl(id), change));
  }

  async remove(id: string): Promise<void> {
    await firstValueFrom(this.http.delete(channelUrl(id)));
  }

  /** Sends a test message through a channel as it is written, saved or not. */
  test(draft: ChannelDraft): Promise<TestAnswer> {
    return firstValueFrom(this.http.post<TestAnswer>('/api/channels/test', draft));
  }

  routes(): Promise<List<NotificationRoute>> {
    return firstValueFrom(this.http.get<List<NotificationRoute>>(ROUTES));
  }

  addRoute(route: NewNotificationRoute): Promise<NotificationRoute> {
    return firstValueFrom(this.http.post<NotificationRoute>(ROUTES, route));
  }

  changeRoute(id: string, change: NotificationRouteChange): Promise<NotificationRoute> {
    return firstValueFrom(
      this.http.patch<NotificationRoute>(`${ROUTES}/${encodeURIComponent(id)}`, change),
    );
  }

  async removeRoute(id: string): Promise<void> {
    await firstValueFrom(this.http.delete(`${ROUTES}/${encodeURIComponent(id)}`));
  }

  deliveries(limit: number): Promise<List<Delivery>> {
    return firstValueFrom(this.http.get<List<Delivery>>('/api/deliveries', { params: { limit } }));
  }

  async retry(id: number): Promise<void> {
    await firstValueFrom(this.http.post(`/api/deliveries/${id}/retry`, {}));
  }

  settings(): Promise<NotificationSettings> {
    return firstValueFrom(this.http.get<NotificationSettings>(SETTINGS));
  }

  changeSettings(change: NotificationSettingsChange): Promise<NotificationSettings> {
    return firstValueFrom(this.http.patch<NotificationSettings>(SETTINGS, change));
  }
}

function channelUrl(id: string): string {
  return `/api/channels/${encodeURIComponent(id)}`;
}
