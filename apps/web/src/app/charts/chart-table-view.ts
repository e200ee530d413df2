import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import { CHART_TEXTS } from './charts.texts';
import { chartTable } from './chart-table';
import type { ChartPicture } from './line-chart-option';

/** Rows at most: the file has all. */
const MOST_ROWS = 200;

/** The values behind a chart, to be read one by one. */
@Component({
  selector: 'hd-chart-table',
  template: `
    <div class="scroller" tabindex="0" role="region" [attr.aria-label]="texts.table(name())">
      <table data-testid="chart-table">
        <caption class="hd-unseen">
          {{
            texts.table(name())
          }}
        </caption>
        <thead>
          <tr>
            <th scope="col">{{ texts.time }}</th>
            @for (column of table().columns; track $index) {
              <th scope="col" class="number">
                <bdi [attr.title]="column">{{ column }}</bdi>
              </th>
            }
          </tr>
        </thead>
        <tbody>
          @for (row of table().rows; track row.time) {
            <tr>
              <th scope="row">{{ row.label }}</th>
              @for (cell of row.cells; track $index) {
                <td class="number">{{ cell }}</td>
              }
            </tr>
          }
        </tbody>
      </table>
      @if (thresholds(); as list) {
        <p class="hd-muted" data-testid="table-thresholds">
          <bdi>{{ list }}</bdi>
        </p>
      }
      @if (table().moments > table().rows.length) {
        <p class="hd-muted">{{ texts.newest(table().rows.length, table().moments) }}</p>
      }
    </div>
  `,
  styles: `
    :host,
    .scroller {
      display: block;
      height: 100%;
    }
    .scroller {
      overflow: auto;
    }
    table {
      width: 100%;
      border-collapse: collapse;
      font-variant-numeric: tabular-nums;
    }
    th,
    td {
      padding: 2px 8px;
      font-weight: 400;
      text-align: left;
      white-space: nowrap;
    }
    thead th {
      position: sticky;
      top: 0;
      background: var(--hd-surface);
      color: var(--hd-muted);
      font-size: 12px;
    }
    tbody th {
      color: var(--hd-muted);
    }
    .number {
      text-align: right;
    }
    bdi {
      display: inline-block;
      max-width: 160px;
      overflow: hidden;
      text-overflow: ellipsis;
      vertical-align: bottom;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ChartTableView {
  readonly picture = input.required<ChartPicture>();
  /** What the chart is of. */
  readonly name = input.required<string>();

  protected readonly texts = CHART_TEXTS;
  protected readonly thresholds = computed(() =>
    (this.picture().thresholds ?? []).map(({ label, words }) => `${label}: ${words}`).join(' · '),
  );
  protected readonly table = computed(() => chartTable(this.picture(), MOST_ROWS));
}
