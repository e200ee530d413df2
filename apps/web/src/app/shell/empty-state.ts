import { ChangeDetectionStrategy, Component, input } from '@angular/core';

/** A page or list without anything to show: what that means, and what to do next. */
@Component({
  selector: 'hd-empty-state',
  template: `
    <section>
      <svg viewBox="0 0 120 60" aria-hidden="true">
        <path d="M4 38h22l10-26 16 40 12-26 6 12h46" />
      </svg>
      <h2 role="heading" [attr.aria-level]="level()">{{ heading() }}</h2>
      <p class="hd-muted">{{ lead() }}</p>
      <ng-content />
    </section>
  `,
  styles: `
    section {
      display: grid;
      justify-items: center;
      gap: 12px;
      max-width: 460px;
      margin: 0 auto;
      padding: 12vh 24px;
      font-size: 15px;
      line-height: 22px;
      text-align: center;
    }
    svg {
      width: 120px;
      fill: none;
      stroke: var(--hd-line-strong);
      stroke-width: 2.5;
      stroke-linecap: round;
      stroke-linejoin: round;
    }
    h2 {
      font-size: 20px;
      font-weight: 620;
      line-height: 28px;
    }
    p {
      margin-bottom: 12px;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class EmptyState {
  readonly heading = input.required<string>();
  readonly lead = input.required<string>();
  /** Level of the heading: 1 where it is the only one of the page. */
  readonly level = input(2);
}
