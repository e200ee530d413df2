import { ChangeDetectionStrategy, Component, inject, signal } from '@angular/core';
import { FormControl, FormGroup, ReactiveFormsModule } from '@angular/forms';
import { MatButtonModule } from '@angular/material/button';
import { MAT_DIALOG_DATA, MatDialogModule, MatDialogRef } from '@angular/material/dialog';
import { MatFormFieldModule } from '@angular/material/form-field';
import { MatInputModule } from '@angular/material/input';
import type { HostSummary } from '@hostdeck/contracts';
import { HubApi } from '../api/hub-api';
import { reasonOf } from '../api/problem';
import { parseTags } from '../fleet/tag-list';
import { FormError } from '../shell/form-error';
import { HOST_TEXTS } from './host.texts';

const TEXTS = HOST_TEXTS.editDialog;

/** Renames a host and changes its tags; closes with what the hub made of it. */
@Component({
  selector: 'hd-edit-host-dialog',
  imports: [
    FormError,
    MatButtonModule,
    MatDialogModule,
    MatFormFieldModule,
    MatInputModule,
    ReactiveFormsModule,
  ],
  template: `
    <h2 mat-dialog-title>{{ texts.title }}</h2>
    <mat-dialog-content>
      <form id="edit-host" [formGroup]="form" (ngSubmit)="save()">
        <mat-form-field appearance="outline" subscriptSizing="dynamic">
          <mat-label>{{ texts.name }}</mat-label>
          <input matInput name="name" maxlength="255" autocomplete="off" formControlName="name" />
        </mat-form-field>
        <mat-form-field appearance="outline" subscriptSizing="dynamic">
          <mat-label>{{ texts.tags }}</mat-label>
          <input matInput name="tags" autocomplete="off" formControlName="tags" />
          <mat-hint>{{ texts.tagsHint }}</mat-hint>
        </mat-form-field>
      </form>
      <hd-form-error [message]="error()" />
    </mat-dialog-content>
    <mat-dialog-actions align="end">
      <button mat-button type="button" mat-dialog-close>{{ texts.cancel }}</button>
      <button
        mat-flat-button
        type="submit"
        form="edit-host"
        data-testid="save-host"
        [disabled]="busy()"
      >
        {{ busy() ? texts.saving : texts.save }}
      </button>
    </mat-dialog-actions>
  `,
  styles: `
    form {
      display: grid;
      gap: 20px;
      padding-top: 4px;
    }
    hd-form-error {
      display: block;
      margin-top: 16px;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class EditHostDialog {
  private readonly api = inject(HubApi);
  private readonly host = inject<HostSummary>(MAT_DIALOG_DATA);
  private readonly dialog = inject<MatDialogRef<EditHostDialog, HostSummary>>(MatDialogRef);

  protected readonly texts = TEXTS;
  protected readonly form = new FormGroup({
    name: new FormControl(this.host.name, { nonNullable: true }),
    tags: new FormControl(this.host.tags.join(', '), { nonNullable: true }),
  });
  protected readonly busy = signal(false);
  protected readonly error = signal('');

  protected async save(): Promise<void> {
    const { name, tags } = this.form.getRawValue();
    if (name.trim() === '') {
      this.error.set(TEXTS.missing);
      return;
    }
    this.busy.set(true);
    this.error.set('');
    try {
      const change = { name: name.trim(), tags: parseTags(tags) };
      this.dialog.close(await this.api.changeHost(this.host.id, change));
    } catch (error) {
      this.error.set(reasonOf(error));
    } finally {
      this.busy.set(false);
    }
  }
}
