import { Clipboard } from '@angular/cdk/clipboard';
import {
  ChangeDetectionStrategy,
  Component,
  computed,
  DestroyRef,
  DOCUMENT,
  effect,
  inject,
  signal,
} from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { FormControl, FormGroup, ReactiveFormsModule } from '@angular/forms';
import { MatButtonModule } from '@angular/material/button';
import { MAT_DIALOG_DATA, MatDialogModule, MatDialogRef } from '@angular/material/dialog';
import { MatFormFieldModule } from '@angular/material/form-field';
import { MatInputModule } from '@angular/material/input';
import { MatProgressBarModule } from '@angular/material/progress-bar';
import type { ExportFormat, MetricId } from '@hostdeck/contracts';
import { FormError } from '../shell/form-error';
import { Icon } from '../icons/icon';
import { formatValue } from '../units/quantity';
import { Download } from './download';
import { EXPORT_TEXTS } from './export.texts';
import { curlCommand, exportFileName, type ExportRequest, exportUrl } from './export-url';

/** A choice of what is exported. */
export interface ExportChoice<Value> {
  readonly label: string;
  readonly value: Value;
}

/** What the dialog offers; the first of each list is the usual one. */
export interface ExportOffer {
  /** What is exported, in words. */
  readonly lead: string;
  readonly scopes: readonly ExportChoice<ExportRequest['scope']>[];
  readonly metrics: readonly ExportChoice<readonly MetricId[] | null>[];
  readonly spans: readonly ExportChoice<{ readonly from: number; readonly to: number }>[];
  /** Place in `spans` of the one that is chosen at first. */
  readonly span: number;
}

/** Saves history as a file, or hands out the line that does it in a script. */
@Component({
  selector: 'hd-export-dialog',
  imports: [
    FormError,
    Icon,
    MatButtonModule,
    MatDialogModule,
    MatFormFieldModule,
    MatInputModule,
    MatProgressBarModule,
    ReactiveFormsModule,
  ],
  providers: [Download],
  templateUrl: './export-dialog.html',
  styleUrl: './export-dialog.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ExportDialog {
  private readonly clipboard = inject(Clipboard);
  private readonly dialog = inject<MatDialogRef<ExportDialog>>(MatDialogRef);
  private readonly download = inject(Download);
  private readonly origin = inject(DOCUMENT).location.origin;

  protected readonly offer = inject<ExportOffer>(MAT_DIALOG_DATA);
  protected readonly texts = EXPORT_TEXTS;
  protected readonly form = new FormGroup({
    format: new FormControl<ExportFormat>('csv', { nonNullable: true }),
    // Places in the lists of the offer.
    scope: new FormControl(0, { nonNullable: true }),
    metrics: new FormControl(0, { nonNullable: true }),
    span: new FormControl(this.offer.span, { nonNullable: true }),
  });
  private readonly chosen = toSignal(this.form.valueChanges, { initialValue: this.form.value });

  protected readonly state = this.download.state;
  protected readonly copyState = signal<'none' | 'copied' | 'failed'>('none');
  protected readonly running = computed(() => this.state().step === 'running');
  protected readonly progress = computed(() => {
    const state = this.state();
    return state.step === 'running' ? EXPORT_TEXTS.running(formatValue('bytes', state.bytes)) : '';
  });
  /** Said once, when it is over. */
  protected readonly outcome = computed(() => {
    const state = this.state();
    switch (state.step) {
      case 'done':
        return EXPORT_TEXTS.done(formatValue('bytes', state.bytes));
      case 'cancelled':
        return EXPORT_TEXTS.cancelled;
      case 'failed':
      case 'idle':
      case 'running':
        return '';
    }
  });
  protected readonly error = computed(() => {
    const state = this.state();
    return state.step === 'failed' ? EXPORT_TEXTS.failed(state.reason) : '';
  });
  private readonly request = computed(() => {
    const { format = 'csv', scope = 0, metrics = 0, span = 0 } = this.chosen();
    const { scopes, metrics: lists, spans } = this.offer;
    return {
      format,
      scope: at(scopes, scope),
      metrics: at(lists, metrics),
      ...at(spans, span),
    };
  });
  protected readonly command = computed(() => curlCommand(this.origin, this.request()));

  constructor() {
    inject(DestroyRef).onDestroy(() => this.download.cancel());
    effect(() => {
      // A press beside the dialog shall not end what took minutes.
      this.dialog.disableClose = this.running();
    });
  }

  protected save(): void {
    const request = this.request();
    void this.download.start(exportUrl(request), exportFileName(request));
  }

  protected cancel(): void {
    this.download.cancel();
  }

  protected copy(): void {
    this.copyState.set(this.clipboard.copy(this.command()) ? 'copied' : 'failed');
  }
}

function at<Value>(choices: readonly ExportChoice<Value>[], place: number): Value {
  const choice = choices[place] ?? choices[0];
  if (choice === undefined) throw new Error('an export offers at least one choice of each kind');
  return choice.value;
}
