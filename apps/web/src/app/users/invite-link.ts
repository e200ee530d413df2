import { Clipboard } from '@angular/cdk/clipboard';
import {
  ChangeDetectionStrategy,
  Component,
  computed,
  DOCUMENT,
  inject,
  input,
  linkedSignal,
} from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import type { Invite } from '@hostdeck/contracts';
import { Icon } from '../icons/icon';
import { timeWords } from '../units/time';
import { USERS_TEXTS } from './users.texts';

/** A link to set a password, the only time it is shown. */
@Component({
  selector: 'hd-invite-link',
  imports: [Icon, MatButtonModule],
  template: `
    <p role="status">{{ lead() }}</p>
    <div class="command">
      <code data-testid="invite-link">{{ url() }}</code>
      <button mat-stroked-button type="button" data-testid="copy-invite" (click)="copy()">
        <hd-icon [name]="copyState() === 'copied' ? 'check' : 'copy'" />
        {{ copyState() === 'copied' ? texts.copied : texts.copy }}
      </button>
    </div>
    @if (copyState() === 'failed') {
      <p class="hd-muted" role="status">{{ texts.copyFailed }}</p>
    }
  `,
  styles: `
    @use '../../styles/command' as *;
    .command {
      @include command;
      margin: 8px 0 0;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class InviteLink {
  private readonly clipboard = inject(Clipboard);
  private readonly origin = inject(DOCUMENT).location.origin;

  readonly username = input.required<string>();
  readonly invite = input.required<Invite>();

  protected readonly texts = USERS_TEXTS.link;
  protected readonly url = computed(() => new URL(this.invite().path, this.origin).href);
  protected readonly lead = computed(() =>
    USERS_TEXTS.link.lead(this.username(), timeWords(this.invite().expiresAt)),
  );
  protected readonly copyState = linkedSignal<string, 'none' | 'copied' | 'failed'>({
    source: this.url,
    computation: () => 'none',
  });

  protected copy(): void {
    this.copyState.set(this.clipboard.copy(this.url()) ? 'copied' : 'failed');
  }
}
