import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { RouterOutlet } from '@angular/router';
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
}
