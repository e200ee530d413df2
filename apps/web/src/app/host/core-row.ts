import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { LOCALE } from '../language/language';
import { formatValue } from '../units/quantity';
import { CORE_METRIC } from './chart-list';
import { HostStore } from './host-store';
import { HOST_TEXTS } from './host.texts';

const NAMES = new Intl.Collator(LOCALE, { numeric: true });

/** How busy every core is now: the fuller the cell, the busier. */
@Component({
  selector: 'hd-core-row',
  template: `
    @if (cores().length > 1) {
      <section [attr.aria-label]="texts.cores" data-testid="cores">
        <h2>{{ texts.cores }}</h2>
        <ul>
          @for (core of cores(); track core.name) {
            <li [attr.title]="core.title" [style.--share.%]="core.share">
              <span class="hd-unseen">{{ core.title }}</span>
            </li>
          }
        </ul>
      </section>
    }
  `,
  styles: `
    section {
      display: flex;
      align-items: center;
      gap: 16px;
      padding: 10px 16px;
      border-radius: var(--hd-radius);
      background: var(--hd-surface);
      box-shadow:
        inset 0 0 0 1px var(--hd-line),
        var(--hd-shadow);
    }
    h2 {
      font-size: 14px;
      font-weight: 600;
    }
    ul {
      display: flex;
      flex: 1;
      flex-wrap: wrap;
      gap: 4px;
      margin: 0;
      padding: 0;
      list-style: none;
    }
    li {
      position: relative;
      flex: 1 1 10px;
      max-width: 160px;
      height: 28px;
      border-radius: 4px;
      background: linear-gradient(
        to top,
        color-mix(in srgb, var(--hd-series-1) 80%, transparent) var(--share),
        color-mix(in srgb, var(--hd-muted) 14%, transparent) 0
      );
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class CoreRow {
  private readonly store = inject(HostStore);

  protected readonly texts = HOST_TEXTS;
  protected readonly cores = computed(() =>
    this.store
      .latest(CORE_METRIC)
      .map(({ instance, value: share }) => {
        const name = instance ?? '';
        return {
          name,
          share: share ?? 0,
          title: HOST_TEXTS.core(name, formatValue('percent', share)),
        };
      })
      .sort((a, b) => NAMES.compare(a.name, b.name)),
  );
}
