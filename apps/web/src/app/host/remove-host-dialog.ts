import { ChangeDetectionStrategy, Component, inject, signal } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { MAT_DIALOG_DATA, MatDialogModule, MatDialogRef } from '@angular/material/dialog';
import type { HostSummary } from '@hostdeck/contracts';
import { HubApi } from '../api/hub-api';
import { reasonOf } from '../api/problem';
import { FormError } from '../shell/form-error';
import { HOST_TEXTS } from './host.texts';

const TEXTS = HOST_TEXTS.removeDialog;

/** Asks before a host and its history are deleted; closes with `true` when they are. */
@Component({
  selector: 'hd-remove-host-dialog',
  imports: [FormError, MatButtonModule, MatDialogModule],
  template: `
    <h2 mat-dialog-title>{{ texts.title }}</h2>
    <mat-dialog-content>
      <p>
        <bdi>{{ texts.lead(host.name) }}</bdi>
      </p>
      <hd-form-error [message]="error()" />
    </mat-dialog-content>
    <mat-dialog-actions align="end">
      <button mat-button type="button" mat-dialog-close cdkFocusInitial>{{ texts.cancel }}</button>
      <button
        mat-flat-button
        type="button"
        class="danger"
        data-testid="confirm-remove"
        [disabled]="busy()"
        (click)="remove()"
      >
        {{ busy() ? texts.removing : texts.remove }}
      </button>
    </mat-dialog-actions>
  `,
  styles: `
    p {
      overflow-wrap: anywhere;
    }
    .danger {
      --mat-button-filled-container-color: var(--hd-critical);
      --mat-button-filled-label-text-color: var(--hd-canvas);
    }
    hd-form-error {
      display: block;
      margin-top: 16px;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class RemoveHostDialog {
  private readonly api = inject(HubApi);
  private readonly dialog = inject<MatDialogRef<RemoveHostDialog, boolean>>(MatDialogRef);

  protected readonly host = inject<HostSummary>(MAT_DIALOG_DATA);
  protected readonly texts = TEXTS;
  protected readonly busy = signal(false);
  protected readonly error = signal('');

  protected async remove(): Promise<void> {
    this.busy.set(true);
    this.error.set('');
    try {
      await this.api.deleteHost(this.host.id);
      this.dialog.close(true);
    } catch (error) {
      this.error.set(reasonOf(error));
    } finally {
      this.busy.set(false);
    }
  }
}
