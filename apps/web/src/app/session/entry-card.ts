import { ChangeDetectionStrategy, Component, input } from '@angular/core';
import { Wordmark } from '../shell/wordmark';

/** The frame of the pages before somebody is signed in: wordmark, heading, one form. */
@Component({
  selector: 'hd-entry-card',
  imports: [Wordmark],
  template: `
    <main>
      <hd-wordmark class="mark" />
      <section>
        <h1>{{ heading() }}</h1>
        <p class="hd-muted">{{ lead() }}</p>
        <ng-content />
      </section>
    </main>
  `,
  styles: `
    main {
      display: grid;
      align-content: center;
      justify-items: center;
      gap: 28px;
      min-height: 100dvh;
      padding: 24px 16px 12vh;
      background: radial-gradient(
        60% 50% at 50% 0%,
        color-mix(in srgb, var(--hd-accent) 9%, transparent),
        transparent
      );
    }
    .mark {
      font-size: 22px;
    }
    section {
      width: min(100%, 400px);
      padding: 28px;
      border-radius: 16px;
      background: var(--hd-surface);
      box-shadow: var(--hd-shadow);
      outline: 1px solid var(--hd-line);
    }
    h1 {
      margin-bottom: 4px;
      font-size: 20px;
      font-weight: 620;
      line-height: 28px;
      letter-spacing: -0.01em;
    }
    p {
      margin-bottom: 24px;
      font-size: 14px;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class EntryCard {
  readonly heading = input.required<string>();
  readonly lead = input.required<string>();
}
