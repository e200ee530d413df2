import { ChangeDetectionStrategy, Component, computed, input, output } from '@angular/core';
import { Icon } from '../icons/icon';
import type { LiveProcess } from './process-book';
import { COLUMNS, exactText } from './process-columns';
import { PROCESS_TEXTS } from './processes.texts';

/** All that is known of one process, in full and exact. */
@Component({
  selector: 'hd-process-details',
  imports: [Icon],
  template: `
    <section [attr.aria-label]="texts.details" data-testid="process-details">
      <header>
        <h2>
          <bdi>{{ process().name }}</bdi>
        </h2>
        @if (gone()) {
          <span class="gone" role="status">{{ texts.gone }}</span>
        }
        <button
          type="button"
          class="hd-icon-button"
          data-testid="close-process"
          [attr.aria-label]="texts.closeDetails"
          [attr.title]="texts.closeDetails"
          (click)="closed.emit()"
        >
          <hd-icon name="close" />
        </button>
      </header>
      <dl>
        @for (fact of facts(); track fact.key) {
          <div [class.wide]="fact.key === 'command'">
            <dt>{{ fact.label }}</dt>
            <dd [attr.data-fact]="fact.key">
              <bdi>{{ fact.text }}</bdi>
            </dd>
          </div>
        }
      </dl>
      <p class="hd-muted">{{ texts.redacted }}</p>
    </section>
  `,
  styles: `
    section {
      padding: 8px 16px 14px;
      border-radius: var(--hd-radius);
      background: var(--hd-surface);
      box-shadow:
        inset 0 0 0 1px var(--hd-line),
        var(--hd-shadow);
    }
    header {
      display: flex;
      align-items: center;
      gap: 12px;
    }
    h2 {
      min-width: 0;
      overflow: hidden;
      font-size: 15px;
      font-weight: 600;
      text-overflow: ellipsis;
      white-space: nowrap;
    }
    .gone {
      color: var(--hd-warn);
    }
    button {
      margin-left: auto;
    }
    dl {
      display: grid;
      grid-template-columns: repeat(auto-fill, minmax(210px, 1fr));
      gap: 8px 20px;
      margin-bottom: 10px;
    }
    .wide {
      grid-column: 1 / -1;
    }
    dt {
      color: var(--hd-muted);
      font-size: 12px;
      line-height: 16px;
    }
    dd {
      overflow-wrap: anywhere;
      font-variant-numeric: tabular-nums;
    }
    .wide dd {
      font:
        12px / 18px ui-monospace,
        'SF Mono',
        'Cascadia Mono',
        Menlo,
        monospace;
      user-select: all;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ProcessDetails {
  readonly process = input.required<LiveProcess>();
  /** Whether it has ended; what is shown is the last that was known of it. */
  readonly gone = input.required<boolean>();
  readonly parent = input.required<LiveProcess | null>();
  /** The host's clock, ms since the epoch. */
  readonly now = input.required<number>();
  readonly closed = output();

  protected readonly texts = PROCESS_TEXTS;
  protected readonly facts = computed(() => {
    const process = this.process();
    const parent = this.parent();
    return COLUMNS.map(({ key, label }) => ({
      key,
      label,
      text:
        key === 'ppid' && parent !== null
          ? PROCESS_TEXTS.parent(parent.pid, parent.name)
          : exactText(process, key, this.now()),
    }));
  });
}
