import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import type { Severity } from '@hostdeck/contracts';
import { ALERTS_TEXTS } from './alerts.texts';

/** A shape for every severity, so that colour is never the only sign. */
const SHAPES: Readonly<Record<Severity, string>> = {
  // Octagon
  critical: 'M4 .8h6l3.2 3.2v6L10 13.2H4L.8 10V4z',
  // Triangle
  warning: 'M7 1 13.4 12.6H.6z',
  // Disc
  info: 'M7 1.6a5.4 5.4 0 1 1 0 10.8A5.4 5.4 0 0 1 7 1.6Z',
};

/** How urgent something is: a shape and its word. */
@Component({
  selector: 'hd-severity-mark',
  template: `
    <span [attr.data-severity]="severity()">
      <svg viewBox="0 0 14 14" aria-hidden="true"><path [attr.d]="shape()" /></svg>
      {{ word() }}
    </span>
  `,
  styles: `
    span {
      display: inline-flex;
      align-items: center;
      gap: 8px;
      color: var(--severity);
      font-weight: 600;
      white-space: nowrap;
    }
    svg {
      flex: none;
      width: 12px;
      height: 12px;
      fill: currentColor;
    }
    [data-severity='critical'] {
      --severity: var(--hd-critical);
    }
    [data-severity='warning'] {
      --severity: var(--hd-warn);
    }
    [data-severity='info'] {
      --severity: var(--hd-info);
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class SeverityMark {
  readonly severity = input.required<Severity>();
  protected readonly shape = computed(() => SHAPES[this.severity()]);
  protected readonly word = computed(() => ALERTS_TEXTS.severities[this.severity()]);
}
