import { Clipboard } from '@angular/cdk/clipboard';
import { ChangeDetectionStrategy, Component, inject, signal } from '@angular/core';
import { FormControl, FormGroup, ReactiveFormsModule } from '@angular/forms';
import { MatButtonModule } from '@angular/material/button';
import { MAT_DIALOG_DATA, MatDialogModule } from '@angular/material/dialog';
import { MatFormFieldModule } from '@angular/material/form-field';
import { MatInputModule } from '@angular/material/input';
import type { CreatedShareLink, ShareLink } from '@hostdeck/contracts';
import { reasonOf } from '../api/problem';
import { Icon } from '../icons/icon';
import { HubClock } from '../live/hub-clock';
import { FormError } from '../shell/form-error';
import { timeWords } from '../units/time';
import { ShareApi } from './share-api';
import { SHARE_TEXTS } from './share.texts';

const TEXTS = SHARE_TEXTS;

/** Makes links to a view for whoever has no account, lists those there are and revokes them. */
@Component({
  selector: 'hd-share-dialog',
  imports: [
    FormError,
    Icon,
    MatButtonModule,
    MatDialogModule,
    MatFormFieldModule,
    MatInputModule,
    ReactiveFormsModule,
  ],
  templateUrl: './share-dialog.html',
  styleUrl: './share-dialog.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ShareDialog {
  private readonly api = inject(ShareApi);
  private readonly clipboard = inject(Clipboard);
  private readonly clock = inject(HubClock);
  /** Address of the view, as the router has it. */
  private readonly view = inject<string>(MAT_DIALOG_DATA);

  protected readonly texts = TEXTS;
  protected readonly form = new FormGroup({
    name: new FormControl('', { nonNullable: true }),
    expiresIn: new FormControl<number | null>(null),
    kiosk: new FormControl(true, { nonNullable: true }),
  });
  protected readonly busy = signal(false);
  protected readonly error = signal('');
  protected readonly created = signal<CreatedShareLink | null>(null);
  protected readonly copyState = signal<'none' | 'copied' | 'failed'>('none');
  /** `null` before the first answer. */
  protected readonly links = signal<readonly ShareLink[] | null>(null);

  constructor() {
    void this.attempt(() => this.load());
  }

  protected async create(): Promise<void> {
    const { name, expiresIn, kiosk } = this.form.getRawValue();
    if (name.trim() === '') {
      this.error.set(TEXTS.nameMissing);
      return;
    }
    const path = kiosk ? `${this.view}${this.view.includes('?') ? '&' : '?'}kiosk` : this.view;
    const end = expiresIn === null ? {} : { expiresAt: Math.round(this.clock.now() + expiresIn) };
    await this.attempt(async () => {
      this.created.set(await this.api.create({ name: name.trim(), path, ...end }));
      await this.load();
    });
  }

  protected async revoke({ id }: ShareLink): Promise<void> {
    await this.attempt(async () => {
      await this.api.revoke(id);
      await this.load();
    });
  }

  protected copy(url: string): void {
    this.copyState.set(this.clipboard.copy(url) ? 'copied' : 'failed');
  }

  protected details({ path, expiresAt, lastUsedAt }: ShareLink): string {
    const used = lastUsedAt === null ? TEXTS.unused : TEXTS.used(timeWords(lastUsedAt));
    const end = expiresAt === null ? [] : [TEXTS.until(timeWords(expiresAt))];
    return [path, ...end, used].join(' · ');
  }

  private async load(): Promise<void> {
    this.links.set(await this.api.list());
  }

  private async attempt(action: () => Promise<void>): Promise<void> {
    this.busy.set(true);
    this.error.set('');
    try {
      await action();
    } catch (error) {
      this.error.set(reasonOf(error));
    } finally {
      this.busy.set(false);
    }
  }
}
