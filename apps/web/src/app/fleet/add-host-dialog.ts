import { Clipboard } from '@angular/cdk/clipboard';
import {
  ChangeDetectionStrategy,
  Component,
  computed,
  DestroyRef,
  inject,
  signal,
} from '@angular/core';
import { FormControl, FormGroup, ReactiveFormsModule } from '@angular/forms';
import { MatButtonModule } from '@angular/material/button';
import { MatDialogModule } from '@angular/material/dialog';
import { MatFormFieldModule } from '@angular/material/form-field';
import { MatInputModule } from '@angular/material/input';
import { MatProgressBarModule } from '@angular/material/progress-bar';
import { RouterLink } from '@angular/router';
import type { CreatedEnrollmentToken } from '@hostdeck/contracts';
import { HubApi } from '../api/hub-api';
import { reasonOf } from '../api/problem';
import { Icon } from '../icons/icon';
import { FormError } from '../shell/form-error';
import { StatusDot } from '../status/status-dot';
import { timeWords } from '../units/time';
import { FleetStore } from './fleet-store';
import { FLEET_TEXTS } from './fleet.texts';
import { parseTags } from './tag-list';

const TEXTS = FLEET_TEXTS.add;
const DAY = 86_400_000;

/** Makes a join command and waits for the machines that use it. */
@Component({
  selector: 'hd-add-host-dialog',
  imports: [
    FormError,
    Icon,
    MatButtonModule,
    MatDialogModule,
    MatFormFieldModule,
    MatInputModule,
    MatProgressBarModule,
    ReactiveFormsModule,
    RouterLink,
    StatusDot,
  ],
  templateUrl: './add-host-dialog.html',
  styleUrl: './add-host-dialog.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class AddHostDialog {
  private readonly api = inject(HubApi);
  private readonly clipboard = inject(Clipboard);
  private readonly store = inject(FleetStore);

  protected readonly texts = TEXTS;
  protected readonly form = new FormGroup({
    tags: new FormControl('', { nonNullable: true }),
    uses: new FormControl(1, { nonNullable: true }),
    expiresIn: new FormControl(DAY, { nonNullable: true }),
  });
  protected readonly busy = signal(false);
  protected readonly error = signal('');
  protected readonly created = signal<CreatedEnrollmentToken | null>(null);
  protected readonly copyState = signal<'none' | 'copied' | 'failed'>('none');

  /** Ids known when the command was made. */
  private readonly before = signal<ReadonlySet<string>>(new Set());

  /** Hosts that came since. */
  protected readonly joined = computed(() => {
    if (this.created() === null) return [];
    return [...(this.store.hosts()?.values() ?? [])]
      .filter(({ card }) => !this.before().has(card.id) && card.sampledAt !== null)
      .map(({ card }) => card);
  });
  protected readonly hint = computed(() => {
    const token = this.created();
    if (token === null) return '';
    return TEXTS.runHint(token.uses, timeWords(token.expiresAt));
  });

  constructor() {
    inject(DestroyRef).onDestroy(this.store.follow());
  }

  protected async create(): Promise<void> {
    const { tags, uses, expiresIn } = this.form.getRawValue();
    this.busy.set(true);
    this.error.set('');
    try {
      this.before.set(new Set(this.store.hosts()?.keys() ?? []));
      this.created.set(
        await this.api.createEnrollmentToken({
          tags: parseTags(tags),
          uses,
          expiresIn,
        }),
      );
    } catch (error) {
      this.error.set(reasonOf(error));
    } finally {
      this.busy.set(false);
    }
  }

  protected copy(command: string): void {
    this.copyState.set(this.clipboard.copy(command) ? 'copied' : 'failed');
  }
}
