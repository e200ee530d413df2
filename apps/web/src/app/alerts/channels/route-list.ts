import {
  ChangeDetectionStrategy,
  Component,
  computed,
  inject,
  input,
  output,
  signal,
} from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import type { Channel, NotificationRoute } from '@hostdeck/contracts';
import { reasonOf } from '../../api/problem';
import { FormError } from '../../shell/form-error';
import { ALERTS_TEXTS } from '../alerts.texts';
import { ChannelsApi } from './channels-api';
import { CHANNELS_TEXTS } from './channels.texts';
import { RouteForm } from './route-form';
import { readRoute, type RouteDraft, toRouteDraft } from './route-draft';

const TEXTS = CHANNELS_TEXTS.routes;

/** Which messages take which channels. */
@Component({
  selector: 'hd-route-list',
  imports: [FormError, MatButtonModule, RouteForm],
  template: `
    <section class="hd-panel">
      <div class="head">
        <h2>{{ texts.heading }}</h2>
        @if (written() === null) {
          <button mat-stroked-button type="button" data-testid="new-route" (click)="open(null)">
            {{ texts.add }}
          </button>
        }
      </div>
      <p class="hd-muted">{{ texts.lead }}</p>
      <hd-form-error [message]="error()" />
      @if (written() === 'new') {
        <hd-route-form
          [draft]="draft()"
          [channels]="channels()"
          [isDefault]="false"
          [isNew]="true"
          (saved)="save(null, $event)"
          (cancelled)="written.set(null)"
        />
      }
      <ul>
        @for (row of rows(); track row.route.id) {
          <li data-testid="route">
            @if (written() === row.route.id) {
              <hd-route-form
                [draft]="draft()"
                [channels]="channels()"
                [isDefault]="row.route.isDefault"
                [isNew]="false"
                (saved)="save(row.route.id, $event)"
                (removed)="remove(row.route.id)"
                (cancelled)="written.set(null)"
              />
            } @else {
              <button type="button" class="route" (click)="open(row.route)">
                <b
                  ><bdi>{{ row.route.name }}</bdi></b
                >
                <span class="hd-muted"
                  ><bdi>{{ row.when }}</bdi> → <bdi>{{ row.where }}</bdi></span
                >
              </button>
            }
          </li>
        }
      </ul>
    </section>
  `,
  styleUrl: './route-list.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class RouteList {
  private readonly api = inject(ChannelsApi);

  readonly routes = input.required<readonly NotificationRoute[]>();
  readonly channels = input.required<readonly Channel[]>();
  readonly changed = output();

  protected readonly texts = TEXTS;
  protected readonly written = signal<string | null>(null);
  protected readonly draft = signal<RouteDraft>(toRouteDraft(null));
  protected readonly error = signal('');
  protected readonly rows = computed(() => {
    const names = new Map(this.channels().map(({ id, name }) => [id, name]));
    return this.routes().map((route) => ({
      route,
      when: whenOf(route),
      where:
        route.channels.length === 0
          ? TEXTS.nowhere
          : route.channels.map((id) => names.get(id) ?? id).join(', '),
    }));
  });

  protected open(route: NotificationRoute | null): void {
    this.draft.set(toRouteDraft(route));
    this.error.set('');
    this.written.set(route?.id ?? 'new');
  }

  protected save(id: string | null, draft: RouteDraft): Promise<void> {
    const isDefault = this.routes().some((route) => route.id === id && route.isDefault);
    return this.run(async () => {
      const route = readRoute(draft);
      if (id === null) await this.api.addRoute(route);
      else await this.api.changeRoute(id, isDefault ? { channels: route.channels } : route);
    });
  }

  protected remove(id: string): Promise<void> {
    return this.run(() => this.api.removeRoute(id));
  }

  private async run(work: () => Promise<void>): Promise<void> {
    this.error.set('');
    try {
      await work();
      this.written.set(null);
      this.changed.emit();
    } catch (error) {
      this.error.set(reasonOf(error));
    }
  }
}

function whenOf({ isDefault, severities, tags, times }: NotificationRoute): string {
  if (isDefault) return TEXTS.fallback;
  const words = [
    ...(severities.length === 0
      ? []
      : [severities.map((severity) => ALERTS_TEXTS.severities[severity]).join(', ')]),
    ...(tags.length === 0 ? [] : [TEXTS.tagged(tags.join(', '))]),
    ...(times === null
      ? []
      : [
          TEXTS.times(
            times.days.map((day) => TEXTS.dayNames[day]).join(' '),
            [times.from, times.to],
            times.timeZone,
          ),
        ]),
  ];
  return words.length === 0 ? TEXTS.always : words.join(' · ');
}
