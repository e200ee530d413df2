import { ChangeDetectionStrategy, Component } from '@angular/core';
import { RouterLink } from '@angular/router';
import { EmptyState } from './empty-state';
import { SHELL_TEXTS } from './shell.texts';

/** There is nothing at this address. */
@Component({
  selector: 'hd-not-found-page',
  imports: [EmptyState, RouterLink],
  template: `
    <hd-empty-state [level]="1" [heading]="texts.heading" [lead]="texts.lead">
      <a routerLink="/">{{ texts.action }}</a>
    </hd-empty-state>
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class NotFoundPage {
  protected readonly texts = SHELL_TEXTS.notFound;
}
