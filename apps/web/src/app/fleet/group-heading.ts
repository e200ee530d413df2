import { ChangeDetectionStrategy, Component, input } from '@angular/core';
import type { HostGroup } from './fleet-order';
import { FLEET_TEXTS } from './fleet.texts';

/** Height of a heading, px; the style sheet agrees. */
export const HEADING_HEIGHT = 36;

/** What the hosts of a group have in common, and how many there are. */
@Component({
  selector: 'hd-group-heading',
  template: `
    <h2 data-testid="group">
      <bdi>{{ group().label || texts.groups.without }}</bdi><span>{{ group().ids.length }}</span>
    </h2>
  `,
  styles: `
    :host {
      display: block;
      height: 36px;
    }
    h2 {
      display: flex;
      align-items: baseline;
      gap: 8px;
      padding-top: 12px;
      font-size: 14px;
      font-weight: 600;
      line-height: 24px;
    }
    bdi {
      overflow: hidden;
      text-overflow: ellipsis;
      white-space: nowrap;
    }
    span {
      color: var(--hd-muted);
      font-weight: 450;
      font-variant-numeric: tabular-nums;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class GroupHeading {
  readonly group = input.required<HostGroup>();
  protected readonly texts = FLEET_TEXTS;
}
