import { ChangeDetectionStrategy, Component, DOCUMENT, inject } from '@angular/core';
import { RouterOutlet } from '@angular/router';
import { LANGUAGE, type Language } from './language/language';
import { AppFiles } from './offline/app-files';
import { Theme } from './theme/theme';

const MANIFESTS: Readonly<Record<Exclude<Language, 'en'>, string>> = {
  de: 'manifest.de.webmanifest',
};

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
    const document = inject(DOCUMENT);
    document.documentElement.lang = LANGUAGE;
    // What the system shows of the app once it is installed is in the language it was installed in.
    if (LANGUAGE !== 'en') {
      document.querySelector('link[rel="manifest"]')?.setAttribute('href', MANIFESTS[LANGUAGE]);
    }
    void inject(AppFiles).keep();
  }
}
