import { ChangeDetectionStrategy, Component, computed, inject, signal } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { MAT_DIALOG_DATA, MatDialogModule, MatDialogRef } from '@angular/material/dialog';
import { type BoardChart, METRIC_IDS, type MetricId } from '@hostdeck/contracts';
import { metricName } from '../metrics/metric-name';
import { COMPARE_TEXTS } from './compare.texts';

/** What a chart is made from. */
export interface EditorOffer {
  readonly chart: BoardChart;
  readonly hosts: readonly { readonly id: string; readonly name: string }[];
}

const TEXTS = COMPARE_TEXTS.editor;
/** The same bounds as the hub has. */
const MOST_METRICS = 8;
const MOST_HOSTS = 50;
const MOST_TOP = 20;
/** Rows of a list at most before somebody looks for one. */
const MOST_ROWS = 200;

/** Chooses the metrics and hosts of a chart; closes with it. */
@Component({
  selector: 'hd-chart-editor',
  imports: [MatButtonModule, MatDialogModule],
  templateUrl: './chart-editor.html',
  styleUrl: './chart-editor.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ChartEditor {
  private readonly dialog = inject<MatDialogRef<ChartEditor, BoardChart>>(MatDialogRef);
  private readonly offer = inject<EditorOffer>(MAT_DIALOG_DATA);

  protected readonly texts = TEXTS;
  protected readonly title = signal(this.offer.chart.title);
  protected readonly metrics = signal<readonly MetricId[]>(this.offer.chart.metrics);
  protected readonly hosts = signal<readonly string[]>(this.offer.chart.hosts);
  protected readonly isTop = signal(this.offer.chart.hosts.length === 0);
  protected readonly top = signal(this.offer.chart.top);
  protected readonly metricSearch = signal('');
  protected readonly hostSearch = signal('');
  protected readonly error = signal('');
  protected readonly most = MOST_TOP;

  protected readonly metricRows = computed(() => {
    const sought = this.metricSearch().trim().toLowerCase();
    return METRIC_IDS.filter((id) => `${id} ${metricName(id)}`.toLowerCase().includes(sought)).map(
      (id) => ({ id, label: metricName(id), isChosen: this.metrics().includes(id) }),
    );
  });
  protected readonly hostRows = computed(() => {
    const sought = this.hostSearch().trim().toLowerCase();
    const chosen = new Set(this.hosts());
    return this.offer.hosts
      .filter(({ name }) => name.toLowerCase().includes(sought))
      .slice(0, MOST_ROWS)
      .map((host) => ({ ...host, isChosen: chosen.has(host.id) }));
  });

  protected toggleMetric(id: MetricId): void {
    this.metrics.update((chosen) => without(chosen, id) ?? [...chosen, id]);
  }

  protected toggleHost(id: string): void {
    this.hosts.update((chosen) => without(chosen, id) ?? [...chosen, id]);
  }

  protected done(): void {
    const error = this.wrong();
    this.error.set(error);
    if (error !== '') return;
    this.dialog.close({
      title: this.title().trim(),
      metrics: [...this.metrics()],
      hosts: this.isTop() ? [] : [...this.hosts()],
      top: Math.min(MOST_TOP, Math.max(1, Math.round(this.top()) || 1)),
    });
  }

  private wrong(): string {
    const metrics = this.metrics().length;
    const hosts = this.hosts().length;
    if (metrics === 0) return TEXTS.noMetric;
    if (metrics > MOST_METRICS) return TEXTS.tooMany;
    if (this.isTop()) return '';
    if (hosts === 0) return TEXTS.noHost;
    return hosts > MOST_HOSTS ? TEXTS.tooManyHosts : '';
  }
}

/** The list without an item; `null` where it was not in it. */
function without<Item>(list: readonly Item[], item: Item): readonly Item[] | null {
  return list.includes(item) ? list.filter((one) => one !== item) : null;
}
