import { ChangeDetectionStrategy, Component } from '@angular/core';

/** The product's name with its mark. */
@Component({
  selector: 'hd-wordmark',
  template: `
    <svg viewBox="0 0 32 32" aria-hidden="true">
      <path d="M4 19h5l3.6-11 5 16 3.4-9H28" />
    </svg>
    <span>Hostdeck</span>
  `,
  styles: `
    :host {
      display: inline-flex;
      align-items: center;
      gap: 0.5em;
      color: var(--hd-text);
      font-size: 16px;
      font-weight: 650;
      letter-spacing: -0.02em;
      line-height: 1;
    }
    svg {
      width: 1.5em;
      height: 1.5em;
      fill: none;
      stroke: var(--hd-accent);
      stroke-width: 2.8;
      stroke-linecap: round;
      stroke-linejoin: round;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class Wordmark {}
