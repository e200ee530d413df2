import { ChangeDetectionStrategy, Component, DOCUMENT, inject } from '@angular/core';
import { RouterOutlet } from '@angular/router';
import { LANGUAGE } from './language/language';
import { AppFiles } from './offline/app-files';
import { Theme } from './theme/theme';

/** The whole page: whatever the route shows. */
@Component({
  selector: 'hd-app',
  imports: [RouterOutlet],
  template: '<router-outlet />',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class App {
  // The theme applies itself as soon as it exists, also where no page asks for it.
  protected readonly theme = inject(Theme);

  constructor() {
    inject(DOCUMENT).documentElement.lang = LANGUAGE;
    void inject(AppFiles).keep();
  }
}
