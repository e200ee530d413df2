import { ChangeDetectionStrategy, Component, inject, input, output, signal } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
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
  imports: [FormError, MatButtonModule],
  template: `
    <form class="hd-panel" (submit)="add(); $event.preventDefault()">
      <label>
        <span class="label">{{ texts.note }}</span>
        <textarea
          #field
          class="wide"
          rows="2"
          data-testid="note"
          aria-describedby="note-hint"
          [attr.maxlength]="longest"
          [value]="text()"
          (input)="text.set(field.value)"
        ></textarea>
      </label>
      <p class="hint" id="note-hint">{{ texts.noteHint }}</p>
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
  protected readonly text = signal('');
  protected readonly busy = signal(false);
  protected readonly error = signal('');

  protected async add(): Promise<void> {
    const text = this.text().trim();
    if (text === '') {
      this.error.set(TEXTS.noteEmpty);
      return;
    }
    this.busy.set(true);
    this.error.set('');
    try {
      this.added.emit(await this.api.addNote(this.incidentId(), text));
      this.text.set('');
    } catch (error) {
      this.error.set(reasonOf(error));
    } finally {
      this.busy.set(false);
    }
  }
}
