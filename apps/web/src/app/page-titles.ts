import { inject, Injectable } from '@angular/core';
import { Title } from '@angular/platform-browser';
import { type RouterStateSnapshot, TitleStrategy } from '@angular/router';

/** Document titles: what the page is about first, then the product. */
@Injectable({ providedIn: 'root' })
export class HostdeckTitles extends TitleStrategy {
  private readonly title = inject(Title);

  override updateTitle(state: RouterStateSnapshot): void {
    this.show(this.buildTitle(state) ?? '');
  }

  /** Sets the title to `subject`, the name of a page or host. */
  show(subject: string): void {
    this.title.setTitle(subject === '' ? 'Hostdeck' : `${subject} · Hostdeck`);
  }
}
