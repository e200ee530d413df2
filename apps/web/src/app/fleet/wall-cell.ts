import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { StatusDot } from '../status/status-dot';
import { formatValue } from '../units/quantity';
import { dataAge } from './data-age';
import type { WallMetric } from './fleet-query';
import type { FleetHost } from './fleet-store';
import { FLEET_TEXTS } from './fleet.texts';
import { MiddleText } from './middle-text';
import { severityRank } from './severity';
import { HEAT_STEPS, heatStep, wallValue } from './wall-heat';

const UNITS = {
  cpu: 'percent',
  memory: 'percent',
  disk: 'percent',
  receive: 'bytes_per_second',
  transmit: 'bytes_per_second',
  load: 'load',
} as const;

/** Percent of the colour at the top of the scale: the text keeps a contrast of 4.5:1 in both themes. */
const MOST_HEAT = 46;
/** Percent of the colour of a host in trouble, at least. */
const LEAST_ALARM = 26;
const WARN = severityRank('warn');

/** A host of the wall: name, one value and its colour; a state that is not "live" takes the value's place. */
@Component({
  selector: 'hd-wall-cell',
  imports: [MiddleText, RouterLink, StatusDot],
  template: `
    <a
      data-testid="wall-cell"
      [routerLink]="['/hosts', card().id]"
      [attr.data-place]="index()"
      [attr.data-severity]="host().severity"
      [class.faded]="age.isOld()"
      [style.--heat]="heat()"
    >
      <span class="name"
        ><hd-status-dot [status]="card().status" /><hd-middle-text [text]="card().name"
      /></span>
      <b>{{ age.isOld() ? age.word() : value() }}</b>
      <span class="hd-unseen">{{ said() }}</span>
    </a>
  `,
  styles: `
    :host {
      display: block;
      height: 100%;
    }
    a {
      display: grid;
      align-content: center;
      grid-template-columns: minmax(0, 1fr);
      gap: 1px;
      height: 100%;
      padding: 0 calc(8px * var(--scale, 1));
      border-radius: 6px;
      background: color-mix(
        in oklab,
        var(--tone, var(--hd-series-1)) var(--heat),
        var(--hd-surface)
      );
      box-shadow: inset 3px 0 var(--edge, transparent);
      color: var(--hd-text);
      text-decoration: none;
      contain: strict;
    }
    a:hover {
      box-shadow:
        inset 3px 0 var(--edge, transparent),
        inset 0 0 0 1px var(--hd-line-strong);
    }
    a:focus-visible {
      outline-offset: -2px;
    }
    .name {
      display: flex;
      align-items: center;
      gap: calc(5px * var(--scale, 1));
      font-size: calc(11px * var(--scale, 1));
      line-height: calc(16px * var(--scale, 1));
    }
    hd-status-dot {
      width: calc(10px * var(--scale, 1));
      height: calc(10px * var(--scale, 1));
    }
    b {
      overflow: hidden;
      font-size: calc(14px * var(--scale, 1));
      font-weight: 600;
      font-variant-numeric: tabular-nums;
      line-height: calc(20px * var(--scale, 1));
      white-space: nowrap;
    }
    [data-severity='info'] {
      --edge: var(--hd-info);
    }
    [data-severity='stale'] {
      --edge: var(--hd-stale);
    }
    [data-severity='warn'] {
      --edge: var(--hd-warn);
      --tone: var(--hd-warn);
    }
    [data-severity='critical'] {
      --edge: var(--hd-critical);
      --tone: var(--hd-critical);
    }
    .faded {
      background: var(--hd-sunken);
    }
    .faded b {
      color: var(--edge, var(--hd-muted));
      font-size: calc(12px * var(--scale, 1));
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class WallCell {
  readonly host = input.required<FleetHost>();
  readonly index = input.required<number>();
  readonly metric = input.required<WallMetric>();
  /** The value with the strongest colour. */
  readonly top = input.required<number>();

  protected readonly card = computed(() => this.host().card);
  protected readonly age = dataAge(this.card);
  protected readonly value = computed(() =>
    formatValue(UNITS[this.metric()], wallValue(this.host(), this.metric())),
  );
  /** Share of the colour in the ground, at most so much that the text on it can be read. */
  protected readonly heat = computed(() => {
    const step = heatStep(wallValue(this.host(), this.metric()), this.top()) ?? 0;
    const heat = (step * MOST_HEAT) / HEAT_STEPS;
    // What asks for attention is seen whatever the wall is coloured by.
    return `${severityRank(this.host().severity) >= WARN ? Math.max(heat, LEAST_ALARM) : heat}%`;
  });
  /** What the looks of the cell say, for whoever does not see them. */
  protected readonly said = computed(
    () => `${FLEET_TEXTS.sortKeys[this.metric()]}, ${this.age.word()}`,
  );
}
