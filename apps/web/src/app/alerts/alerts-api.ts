import { HttpClient } from '@angular/common/http';
import { inject, Injectable } from '@angular/core';
import type { Incident, IncidentSummary, List, Severity } from '@hostdeck/contracts';
import { firstValueFrom } from 'rxjs';

/** Which incidents are asked for, the newest first. */
export interface IncidentsQuestion {
  readonly state: 'open' | 'resolved';
  readonly severity?: Severity;
  readonly limit: number;
  /** Where the page before ended. */
  readonly cursor?: string;
}

/** The hub's REST interface for incidents. Every method rejects with `ApiError`. */
@Injectable({ providedIn: 'root' })
export class AlertsApi {
  private readonly http = inject(HttpClient);

  incidents(question: IncidentsQuestion): Promise<List<IncidentSummary>> {
    return firstValueFrom(
      this.http.get<List<IncidentSummary>>('/api/incidents', { params: { ...question } }),
    );
  }

  incident(id: string): Promise<Incident> {
    return firstValueFrom(this.http.get<Incident>(incidentUrl(id)));
  }

  acknowledge(id: string, acknowledged: boolean): Promise<Incident> {
    return firstValueFrom(
      this.http.post<Incident>(`${incidentUrl(id)}/acknowledgement`, { acknowledged }),
    );
  }

  addNote(id: string, text: string): Promise<Incident> {
    return firstValueFrom(this.http.post<Incident>(`${incidentUrl(id)}/notes`, { text }));
  }
}

function incidentUrl(id: string): string {
  return `/api/incidents/${encodeURIComponent(id)}`;
}
