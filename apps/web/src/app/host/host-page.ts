import { ChangeDetectionStrategy, Component, input } from '@angular/core';

@Component({
  selector: 'hd-host-page',
  template: `{{ id() }}`,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class HostPage {
  readonly id = input.required<string>();
}
