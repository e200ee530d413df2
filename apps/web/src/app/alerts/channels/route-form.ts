import { ChangeDetectionStrategy, Component, input, linkedSignal, output } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { type Channel, ROUTE_DAYS, type RouteTimes, type Severity } from '@hostdeck/contracts';
import { ALERTS_TEXTS } from '../alerts.texts';
import { TextField } from '../fields/text-field';
import { CHANNELS_TEXTS } from './channels.texts';
import { type RouteDraft, toggled } from './route-draft';

const SEVERITIES: readonly Severity[] = ['critical', 'warning', 'info'];

/** Writes a route. The default one has channels only. */
@Component({
  selector: 'hd-route-form',
  imports: [MatButtonModule, TextField],
  templateUrl: './route-form.html',
  styleUrl: './channel-form.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class RouteForm {
  readonly draft = input.required<RouteDraft>();
  readonly channels = input.required<readonly Channel[]>();
  readonly isDefault = input.required<boolean>();
  readonly isNew = input.required<boolean>();
  readonly saved = output<RouteDraft>();
  readonly removed = output();
  readonly cancelled = output();

  protected readonly texts = CHANNELS_TEXTS.routes;
  protected readonly severityNames = ALERTS_TEXTS.severities;
  protected readonly severities = SEVERITIES;
  protected readonly days = ROUTE_DAYS;
  protected readonly written = linkedSignal(() => this.draft());

  protected set(change: Partial<RouteDraft>): void {
    this.written.update((written) => ({ ...written, ...change }));
  }

  protected setTimes(change: Partial<RouteTimes>): void {
    this.set({ times: { ...this.written().times, ...change } });
  }

  protected toggleSeverity(severity: Severity): void {
    this.set({ severities: toggled(this.written().severities, severity) });
  }

  protected toggleDay(day: RouteTimes['days'][number]): void {
    const days = toggled(this.written().times.days, day);
    this.setTimes({ days: ROUTE_DAYS.filter((one) => days.includes(one)) });
  }

  protected toggleChannel(id: string): void {
    this.set({ channels: toggled(this.written().channels, id) });
  }
}
