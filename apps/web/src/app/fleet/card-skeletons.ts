import { ChangeDetectionStrategy, Component, input } from '@angular/core';

/** Shapes of cards while the fleet is on its way. */
@Component({
  selector: 'hd-card-skeletons',
  template: `
    <p class="hd-unseen" role="status">{{ label() }}</p>
    <div class="grid" aria-hidden="true">
      @for (place of places; track place) {
        <div class="card"><i></i><i></i><i></i><i></i></div>
      }
    </div>
  `,
  styles: `
    .grid {
      display: grid;
      grid-template-columns: repeat(auto-fill, minmax(min(100%, 300px), 1fr));
      gap: 12px;
    }
    .card {
      display: grid;
      grid-template-rows: 20px repeat(3, 48px);
      gap: 18px;
      height: 298px;
      padding: 18px 16px;
      border-radius: var(--hd-radius);
      background: var(--hd-surface);
    }
    i {
      border-radius: 6px;
      background: color-mix(in srgb, var(--hd-muted) 10%, transparent);
      animation: breathe 1.6s ease-in-out infinite;
    }
    i:first-child {
      width: 60%;
    }
    @keyframes breathe {
      50% {
        opacity: 0.45;
      }
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class CardSkeletons {
  readonly label = input.required<string>();
  protected readonly places = Array.from({ length: 8 }, (_, index) => index);
}
