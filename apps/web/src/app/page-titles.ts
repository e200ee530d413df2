import { DOCUMENT, inject, Injectable } from '@angular/core';
import { Title } from '@angular/platform-browser';
import { type RouterStateSnapshot, TitleStrategy } from '@angular/router';

const ICON = 'favicon.svg';
const ICON_WITH_DOT = 'favicon-alert.svg';

/** What the browser's tab says: how much asks for attention, what the page is about, then the product. */
@Injectable({ providedIn: 'root' })
export class HostdeckTitles extends TitleStrategy {
  private readonly title = inject(Title);
  private readonly document = inject(DOCUMENT);
  private subject = '';
  private count = 0;

  override updateTitle(state: RouterStateSnapshot): void {
    this.show(this.buildTitle(state) ?? '');
  }

  /** Sets the title to `subject`, the name of a page or host. */
  show(subject: string): void {
    this.subject = subject;
    this.write();
  }

  /** Says how many things ask for attention; 0 for none. */
  badge(count: number): void {
    this.count = count;
    this.write();
    const icon = this.document.querySelector('link[rel="icon"]');
    icon?.setAttribute('href', count > 0 ? ICON_WITH_DOT : ICON);
  }

  private write(): void {
    const name = this.subject === '' ? 'Hostdeck' : `${this.subject} · Hostdeck`;
    this.title.setTitle(this.count > 0 ? `(${this.count}) ${name}` : name);
  }
}
