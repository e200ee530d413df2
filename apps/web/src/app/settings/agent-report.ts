import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import type { AgentReport } from '@hostdeck/contracts';
import { Icon } from '../icons/icon';
import { durationWords, secondsWords } from '../units/duration';
import { SETTINGS_TEXTS } from './settings.texts';

const TEXTS = SETTINGS_TEXTS.report;

/** How the agent itself is doing: how often it samples and why, and what it can not read. */
@Component({
  selector: 'hd-agent-report',
  imports: [Icon],
  template: `
    <section [attr.aria-label]="texts.heading" data-testid="agent-report">
      <h2>{{ texts.heading }}</h2>
      @if (report(); as said) {
        <p role="status" data-testid="interval-in-force">{{ interval() }}</p>
        @if (troubles().length === 0) {
          <p class="hd-muted">{{ texts.fine }}</p>
        } @else {
          <ul [attr.aria-label]="texts.troubles">
            @for (one of troubles(); track one.name) {
              <li data-testid="trouble">
                <hd-icon name="alert" />
                <b>{{ one.label }}</b>
                <span>{{ one.word }}</span>
                <bdi>{{ one.message }}</bdi>
                <span class="hd-muted">{{ one.since }}</span>
              </li>
            }
          </ul>
        }
      } @else {
        <p class="hd-muted">{{ texts.unknown }}</p>
      }
    </section>
  `,
  styles: `
    h2 {
      margin-bottom: 4px;
      font-size: 14px;
      font-weight: 600;
    }
    ul {
      display: grid;
      gap: 4px;
      margin: 8px 0 0;
      padding: 0;
      list-style: none;
    }
    li {
      display: flex;
      flex-wrap: wrap;
      gap: 0 8px;
    }
    hd-icon {
      width: 16px;
      height: 16px;
      margin-top: 2px;
      color: var(--hd-warn);
    }
    b {
      font-weight: 600;
    }
    bdi {
      min-width: 0;
      overflow-wrap: anywhere;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class AgentReportView {
  readonly report = input.required<AgentReport | null>();
  /** The host's clock, ms since the epoch. */
  readonly now = input.required<number>();

  protected readonly texts = TEXTS;
  protected readonly interval = computed(() => {
    const report = this.report();
    return report === null
      ? ''
      : TEXTS.interval(secondsWords(report.interval), SETTINGS_TEXTS.reasons[report.reason]);
  });
  protected readonly troubles = computed(() =>
    (this.report()?.collectors ?? []).map(({ name, trouble, message, since }) => ({
      name,
      label: labelOf(name),
      word: TEXTS.trouble[trouble],
      message,
      since: TEXTS.since(durationWords(this.now() - since)),
    })),
  );
}

/** The agent may know collectors that this page does not. */
function labelOf(name: string): string {
  const known: Readonly<Record<string, string>> = SETTINGS_TEXTS.collectors;
  return Object.hasOwn(known, name) ? (known[name] ?? name) : name;
}
