import { HttpClient } from '@angular/common/http';
import { inject, Injectable } from '@angular/core';
import type {
  Board,
  BoardContent,
  CreatedEnrollmentToken,
  CulpritsAnswer,
  FleetSeriesAnswer,
  FleetSettings,
  HostChange,
  HostEvent,
  HostSettings,
  HostSummary,
  HostThresholds,
  InviteAcceptance,
  Invited,
  List,
  Login,
  Me,
  NewEnrollmentToken,
  SeriesAnswer,
  SettingsOverride,
  Setup,
  SetupState,
} from '@hostdeck/contracts';
import { firstValueFrom, type Observable } from 'rxjs';

/** What of a host's history is asked for; times are ms since the epoch on the hub's clock. */
export interface SeriesQuestion {
  readonly hostId: string;
  readonly metrics: readonly string[];
  readonly from: number;
  readonly to: number;
  readonly maxPoints: number;
}

/** What of the histories of several hosts is asked for. */
export interface FleetSeriesQuestion extends Omit<SeriesQuestion, 'hostId'> {
  readonly hosts: readonly string[];
}

/** Which events of a host are asked for, the newest first; times are ms since the epoch on the hub's clock. */
export interface EventsQuestion {
  readonly from?: number;
  readonly to?: number;
  readonly limit: number;
  /** Where the page before ended. */
  readonly cursor?: string;
}

/** Whose work is asked for: of a moment, or of a span; times are ms since the epoch on the host's clock. */
export interface CulpritsQuestion {
  readonly at?: number;
  readonly from?: number;
  readonly to?: number;
  readonly by: 'cpu' | 'memory';
}

/** The hub's REST interface. The page and the hub are released together, so answers have the shapes of the contracts. Every method rejects with `ApiError`. */
@Injectable({ providedIn: 'root' })
export class HubApi {
  private readonly http = inject(HttpClient);

  me(): Promise<Me> {
    return firstValueFrom(this.http.get<Me>('/api/auth/me'));
  }

  signIn(login: Login): Promise<Me> {
    return firstValueFrom(this.http.post<Me>('/api/auth/login', login));
  }

  async signOut(): Promise<void> {
    await firstValueFrom(this.http.post('/api/auth/logout', {}));
  }

  setUpState(): Promise<SetupState> {
    return firstValueFrom(this.http.get<SetupState>('/api/setup'));
  }

  setUp(setup: Setup): Promise<Me> {
    return firstValueFrom(this.http.post<Me>('/api/setup', setup));
  }

  /** Whom a link to set a password is for. The token stands in the body: addresses end up in logs. */
  checkInvite(token: string): Promise<Invited> {
    return firstValueFrom(this.http.post<Invited>('/api/invites/check', { token }));
  }

  acceptInvite(acceptance: InviteAcceptance): Promise<Me> {
    return firstValueFrom(this.http.post<Me>('/api/invites/accept', acceptance));
  }

  createEnrollmentToken(token: NewEnrollmentToken): Promise<CreatedEnrollmentToken> {
    return firstValueFrom(this.http.post<CreatedEnrollmentToken>('/api/enrollment-tokens', token));
  }

  host(id: string): Promise<HostSummary> {
    return firstValueFrom(this.http.get<HostSummary>(hostUrl(id)));
  }

  hostSettings(id: string): Promise<HostSettings> {
    return firstValueFrom(this.http.get<HostSettings>(`${hostUrl(id)}/settings`));
  }

  /** Replaces what is set for a host itself. */
  setHostSettings(id: string, own: SettingsOverride): Promise<HostSettings> {
    return firstValueFrom(this.http.put<HostSettings>(`${hostUrl(id)}/settings`, own));
  }

  fleetSettings(): Promise<FleetSettings> {
    return firstValueFrom(this.http.get<FleetSettings>('/api/settings'));
  }

  /** Replaces what is set for the whole fleet. */
  setFleetSettings(own: SettingsOverride): Promise<FleetSettings> {
    return firstValueFrom(this.http.put<FleetSettings>('/api/settings/fleet', own));
  }

  /** Replaces what is set for a tag; with nothing in it, nothing is set for it any more. */
  setTagSettings(tag: string, own: SettingsOverride): Promise<FleetSettings> {
    const url = `/api/settings/tags/${encodeURIComponent(tag)}`;
    return firstValueFrom(this.http.put<FleetSettings>(url, own));
  }

  changeHost(id: string, change: HostChange): Promise<HostSummary> {
    return firstValueFrom(this.http.patch<HostSummary>(hostUrl(id), change));
  }

  async deleteHost(id: string): Promise<void> {
    await firstValueFrom(this.http.delete(hostUrl(id)));
  }

  /** The history of some metrics of a host, each with all its instances. An observable, so that a question nobody waits for any more is given up. */
  series({ hostId, metrics, ...range }: SeriesQuestion): Observable<SeriesAnswer> {
    return this.http.get<SeriesAnswer>(`${hostUrl(hostId)}/series`, {
      params: { metric: metrics.join(','), ...range },
    });
  }

  /** The same of several hosts at once. */
  fleetSeries({ hosts, metrics, ...range }: FleetSeriesQuestion): Observable<FleetSeriesAnswer> {
    return this.http.get<FleetSeriesAnswer>('/api/series', {
      params: { host: hosts.join(','), metric: metrics.join(','), ...range },
    });
  }

  async boards(): Promise<readonly Board[]> {
    return (await firstValueFrom(this.http.get<List<Board>>('/api/boards'))).items;
  }

  createBoard(content: BoardContent): Promise<Board> {
    return firstValueFrom(this.http.post<Board>('/api/boards', content));
  }

  changeBoard(id: string, content: BoardContent): Promise<Board> {
    return firstValueFrom(this.http.put<Board>(`/api/boards/${encodeURIComponent(id)}`, content));
  }

  async deleteBoard(id: string): Promise<void> {
    await firstValueFrom(this.http.delete(`/api/boards/${encodeURIComponent(id)}`));
  }

  /** The processes that used most at some time. */
  culprits(hostId: string, question: CulpritsQuestion): Observable<CulpritsAnswer> {
    return this.http.get<CulpritsAnswer>(`${hostUrl(hostId)}/culprits`, {
      params: { ...question },
    });
  }

  /** What the rules hold against a host's values, and when they fired; times are ms since the epoch on the hub's clock. */
  thresholds(
    hostId: string,
    span: { readonly from: number; readonly to?: number },
  ): Observable<HostThresholds> {
    return this.http.get<HostThresholds>(`${hostUrl(hostId)}/thresholds`, { params: { ...span } });
  }

  /** A page of what happened to a host. */
  events(hostId: string, question: EventsQuestion): Observable<List<HostEvent>> {
    return this.http.get<List<HostEvent>>(`${hostUrl(hostId)}/events`, { params: { ...question } });
  }
}

function hostUrl(id: string): string {
  return `/api/hosts/${encodeURIComponent(id)}`;
}
