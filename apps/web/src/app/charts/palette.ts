import { computed, DOCUMENT, inject, Injectable } from '@angular/core';
import { Theme } from '../theme/theme';

/** Resolved colours, for what draws on a canvas and knows no style sheet. */
export interface Palette {
  readonly series: readonly string[];
  readonly muted: string;
  readonly grid: string;
  readonly cursor: string;
  readonly surface: string;
  readonly text: string;
}

const SERIES = [1, 2, 3, 4, 5, 6, 7, 8] as const;

/** The colours of the theme in force, read from the style sheet. */
@Injectable({ providedIn: 'root' })
export class ThemePalette {
  private readonly document = inject(DOCUMENT);
  private readonly theme = inject(Theme);

  readonly palette = computed<Palette>(() => {
    const scheme = this.theme.isDark() ? 'dark' : 'light';
    const read = this.reader(scheme);
    try {
      return {
        series: SERIES.map((number) => read.colour(`--hd-series-${number}`)),
        muted: read.colour('--hd-muted'),
        grid: read.colour('--hd-line'),
        cursor: read.colour('--hd-line-strong'),
        surface: read.colour('--hd-raised'),
        text: read.colour('--hd-text'),
      };
    } finally {
      read.done();
    }
  });

  /** Lets the browser resolve tokens on an element that nobody sees. */
  private reader(scheme: 'dark' | 'light') {
    const probe = this.document.createElement('span');
    probe.style.colorScheme = scheme;
    probe.hidden = true;
    this.document.body.append(probe);
    return {
      colour: (token: string): string => {
        probe.style.color = `var(${token})`;
        return this.document.defaultView?.getComputedStyle(probe).color ?? '';
      },
      done: () => probe.remove(),
    };
  }
}

/** The colour of a series by its number from 1; after the last one they start again. */
export function seriesColour({ series }: Palette, number: number): string {
  return series[(number - 1) % series.length] ?? '';
}
