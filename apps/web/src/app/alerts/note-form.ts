import { ChangeDetectionStrategy, Component, inject, input, output, signal } from '@angular/core';
import { FormControl, ReactiveFormsModule } from '@angular/forms';
import { MatButtonModule } from '@angular/material/button';
import { MatFormFieldModule } from '@angular/material/form-field';
import { MatInputModule } from '@angular/material/input';
import type { Incident } from '@hostdeck/contracts';
import { reasonOf } from '../api/problem';
import { FormError } from '../shell/form-error';
import { AlertsApi } from './alerts-api';
import { ALERTS_TEXTS } from './alerts.texts';

const TEXTS = ALERTS_TEXTS.incident;
/** Longest note, as the hub takes it. */
const LONGEST = 2_000;

/** Writes a note into an incident's timeline. What was written stays until the hub has it. */
@Component({
  selector: 'hd-note-form',
  imports: [FormError, MatButtonModule, MatFormFieldModule, MatInputModule, ReactiveFormsModule],
  template: `
    <form class="hd-panel" (submit)="add(); $event.preventDefault()">
      <mat-form-field>
        <mat-label>{{ texts.note }}</mat-label>
        <textarea
          matInput
          rows="2"
          data-testid="note"
          [maxlength]="longest"
          [formControl]="text"
        ></textarea>
        <mat-hint>{{ texts.noteHint }}</mat-hint>
      </mat-form-field>
      <hd-form-error [message]="error()" />
      <button mat-stroked-button type="submit" data-testid="add-note" [disabled]="busy()">
        {{ texts.addNote }}
      </button>
    </form>
  `,
  styleUrl: './note-form.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class NoteForm {
  private readonly api = inject(AlertsApi);

  readonly incidentId = input.required<string>();
  /** The incident with the note in it. */
  readonly added = output<Incident>();

  protected readonly texts = TEXTS;
  protected readonly longest = LONGEST;
  protected readonly text = new FormControl('', { nonNullable: true });
  protected readonly busy = signal(false);
  protected readonly error = signal('');

  protected async add(): Promise<void> {
    const text = this.text.value.trim();
    if (text === '') {
      this.error.set(TEXTS.noteEmpty);
      return;
    }
    this.busy.set(true);
    this.error.set('');
    try {
      this.added.emit(await this.api.addNote(this.incidentId(), text));
      this.text.reset();
    } catch (error) {
      this.error.set(reasonOf(error));
    } finally {
      this.busy.set(false);
    }
  }
}
