import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';

/** Characters kept at the end of a name that is too long: the part that tells machines of one kind apart. */
const TAIL = 8;
/** Of a name with a domain its first part tells that, up to this length: the domain is cut and not the middle. */
const LONGEST_LABEL = 20;

/**
 * A name on one line, cut in the middle where it does not fit; the whole of it on hover. Set apart from its
 * surroundings, so that the writing direction of a name changes nothing but itself.
 */
@Component({
  selector: 'hd-middle-text',
  template: `<bdi class="head">{{ parts().head }}</bdi
    ><bdi class="tail">{{ parts().tail }}</bdi>`,
  host: { '[attr.title]': 'text()' },
  styles: `
    :host {
      display: flex;
      min-width: 0;
      white-space: pre;
    }
    .head {
      overflow: hidden;
      text-overflow: ellipsis;
    }
    .tail {
      flex: none;
      max-width: 60%;
      overflow: hidden;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class MiddleText {
  readonly text = input.required<string>();

  protected readonly parts = computed(() => {
    const text = this.text();
    const dot = text.indexOf('.');
    if (dot > 0 && dot <= LONGEST_LABEL) return { head: text, tail: '' };
    const characters = Array.from(text);
    const cut = Math.max(Math.ceil(characters.length / 2), characters.length - TAIL);
    return { head: characters.slice(0, cut).join(''), tail: characters.slice(cut).join('') };
  });
}
