import {
  ChangeDetectionStrategy,
  Component,
  DOCUMENT,
  inject,
  type OnInit,
  signal,
} from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { Router } from '@angular/router';
import { reasonOf } from '../api/problem';
import { EntryCard } from '../session/entry-card';
import { localUrl } from '../session/local-url';
import { Session } from '../session/session';
import { ShareApi } from './share-api';
import { SHARE_TEXTS } from './share.texts';

const TEXTS = SHARE_TEXTS.page;

/** Where a shared link leads: exchanges its secret, which stands behind the `#`, and goes on to the view. */
@Component({
  selector: 'hd-share-page',
  imports: [EntryCard, MatButtonModule],
  template: `
    <hd-entry-card [heading]="failure() === '' ? texts.title : texts.failed" [lead]="lead()">
      @if (isSignedIn()) {
        <button mat-flat-button type="button" (click)="open()">{{ texts.open }}</button>
        <button mat-button type="button" (click)="stay()">{{ texts.stay }}</button>
      }
    </hd-entry-card>
  `,
  styles: `
    button {
      width: 100%;
      margin-top: 8px;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class SharePage implements OnInit {
  private readonly api = inject(ShareApi);
  private readonly router = inject(Router);
  private readonly session = inject(Session);
  private readonly secret = inject(DOCUMENT).location.hash.slice(1);

  protected readonly texts = TEXTS;
  protected readonly failure = signal('');
  protected readonly isSignedIn = signal(false);

  protected lead(): string {
    if (this.failure() !== '') return this.failure();
    const me = this.session.me();
    return this.isSignedIn() && me !== null ? TEXTS.signedIn(me.username) : TEXTS.opening;
  }

  ngOnInit(): void {
    void this.begin();
  }

  protected async open(): Promise<void> {
    this.isSignedIn.set(false);
    try {
      const path = await this.api.open(this.secret);
      await this.session.restore();
      // The secret does not stay in the history of the browser.
      await this.router.navigateByUrl(localUrl(path), { replaceUrl: true });
    } catch (error) {
      this.failure.set(reasonOf(error));
    }
  }

  protected async stay(): Promise<void> {
    await this.router.navigateByUrl('/', { replaceUrl: true });
  }

  private async begin(): Promise<void> {
    if (this.secret === '') {
      this.failure.set(TEXTS.incomplete);
      return;
    }
    try {
      const me = await this.session.restore();
      // Who has an account is asked first: the session of the link would take the place of theirs.
      if (me !== null) this.isSignedIn.set(true);
      else await this.open();
    } catch (error) {
      this.failure.set(reasonOf(error));
    }
  }
}
