import { HttpClient } from '@angular/common/http';
import { inject, Injectable } from '@angular/core';
import type {
  AlertOverride,
  AlertRule,
  AlertRuleChange,
  BacktestAnswer,
  Incident,
  IncidentSummary,
  List,
  NewAlertRule,
  NewSilence,
  OverrideTarget,
  Severity,
  Silence,
} from '@hostdeck/contracts';
import { firstValueFrom, type Observable } from 'rxjs';

/** Which incidents are asked for, the newest first. */
export interface IncidentsQuestion {
  readonly state: 'open' | 'resolved';
  readonly severity?: Severity;
  readonly limit: number;
  /** Where the page before ended. */
  readonly cursor?: string;
}

/** What a rule is tried on. */
export interface BacktestQuestion {
  readonly rule: NewAlertRule;
  readonly ruleId?: string;
  /** Only this host. */
  readonly host?: string;
  /** Ms since the epoch on the hub's clock. */
  readonly from: number;
}

/** The hub's REST interface for incidents, rules and silences. Every method rejects with `ApiError`. */
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

  rules(): Promise<List<AlertRule>> {
    return firstValueFrom(this.http.get<List<AlertRule>>('/api/alert-rules'));
  }

  rule(id: string): Promise<AlertRule> {
    return firstValueFrom(this.http.get<AlertRule>(ruleUrl(id)));
  }

  addRule(rule: NewAlertRule): Promise<AlertRule> {
    return firstValueFrom(this.http.post<AlertRule>('/api/alert-rules', rule));
  }

  changeRule(id: string, change: AlertRuleChange | NewAlertRule): Promise<AlertRule> {
    return firstValueFrom(this.http.patch<AlertRule>(ruleUrl(id), change));
  }

  async removeRule(id: string): Promise<void> {
    await firstValueFrom(this.http.delete(ruleUrl(id)));
  }

  /** Says what differs from a rule for a host or tag, instead of what differed before. @returns the rule with it */
  setOverride(id: string, override: AlertOverride): Promise<AlertRule> {
    return firstValueFrom(this.http.post<AlertRule>(`${ruleUrl(id)}/overrides`, override));
  }

  async removeOverride(id: string, target: OverrideTarget): Promise<void> {
    await firstValueFrom(this.http.delete(`${ruleUrl(id)}/overrides`, { params: { ...target } }));
  }

  /** When a rule would have fired. An observable, so that a question nobody waits for any more is given up. */
  backtest(question: BacktestQuestion): Observable<BacktestAnswer> {
    return this.http.post<BacktestAnswer>('/api/alert-rules/backtest', question);
  }

  silences(): Promise<List<Silence>> {
    return firstValueFrom(this.http.get<List<Silence>>('/api/silences'));
  }

  /** Those that hold now over something that fires in an incident. */
  silencesOver(incident: string): Promise<List<Silence>> {
    return firstValueFrom(this.http.get<List<Silence>>('/api/silences', { params: { incident } }));
  }

  addSilence(silence: NewSilence): Promise<Silence> {
    return firstValueFrom(this.http.post<Silence>('/api/silences', silence));
  }

  async removeSilence(id: string): Promise<void> {
    await firstValueFrom(this.http.delete(`/api/silences/${encodeURIComponent(id)}`));
  }
}

function ruleUrl(id: string): string {
  return `/api/alert-rules/${encodeURIComponent(id)}`;
}

function incidentUrl(id: string): string {
  return `/api/incidents/${encodeURIComponent(id)}`;
}
