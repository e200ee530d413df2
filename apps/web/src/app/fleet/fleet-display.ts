import { computed, DOCUMENT, inject, Injectable, signal } from '@angular/core';

/** How large cards are. */
export const CARD_SIZES = ['small', 'medium', 'large'] as const;
export type CardSize = (typeof CARD_SIZES)[number];

/** What a card can show besides name, tags, state and age, in the order it stands there. */
export const CARD_METRICS = ['cpu', 'memory', 'disk', 'network', 'load', 'uptime'] as const;
export type CardMetric = (typeof CARD_METRICS)[number];

/** Sizes of a card, px. */
export interface CardMeasures {
  readonly least: number;
  readonly preferred: number;
  readonly gauge: number;
  readonly network: number;
}

const MEASURES: Readonly<Record<CardSize, CardMeasures>> = {
  small: { least: 220, preferred: 260, gauge: 30, network: 22 },
  medium: { least: 280, preferred: 320, gauge: 48, network: 40 },
  large: { least: 340, preferred: 440, gauge: 76, network: 60 },
};

/** Padding above and below, header, footer, and the gap between two lines of a card, px; the style sheet of the card agrees. */
const PADDING = 26;
const HEADER = 28;
const FOOTER = 20;
const ROW_GAP = 8;

const GAUGES = ['cpu', 'memory', 'disk'] as const;
const STORAGE_KEY = 'hostdeck.cards';

interface Choice {
  readonly size: CardSize;
  readonly metrics: readonly CardMetric[];
}

const STANDARD: Choice = { size: 'medium', metrics: CARD_METRICS };

/** How large this person wants the cards and what on them, remembered in this browser. */
@Injectable({ providedIn: 'root' })
export class FleetDisplay {
  private readonly storage = inject(DOCUMENT).defaultView;
  private readonly choice = signal<Choice>(this.remembered());

  readonly size = computed(() => this.choice().size);
  readonly metrics = computed((): ReadonlySet<CardMetric> => new Set(this.choice().metrics));
  readonly measures = computed(() => MEASURES[this.size()]);
  readonly gauges = computed(() => GAUGES.filter((gauge) => this.metrics().has(gauge)));

  /** Rows of a card below one another, as CSS. */
  readonly cardRows = computed(() => {
    const { gauge, network } = this.measures();
    const rows = this.gauges().map(() => `${gauge}px`);
    if (this.metrics().has('network')) rows.push(`${network}px`);
    return [`${HEADER}px`, ...rows, `${FOOTER}px`].join(' ');
  });

  /** Height of a card, px. */
  readonly cardHeight = computed(() => {
    const { gauge, network } = this.measures();
    const gauges = this.gauges().length;
    const networks = this.metrics().has('network') ? 1 : 0;
    const lines = 2 + gauges + networks;
    return PADDING + HEADER + FOOTER + gauges * gauge + networks * network + (lines - 1) * ROW_GAP;
  });

  chooseSize(size: CardSize): void {
    this.choose({ ...this.choice(), size });
  }

  /** Puts a metric on the cards or takes it off. */
  toggle(metric: CardMetric): void {
    const { metrics } = this.choice();
    const has = metrics.includes(metric);
    this.choose({
      ...this.choice(),
      metrics: CARD_METRICS.filter((one) => (one === metric ? !has : metrics.includes(one))),
    });
  }

  private choose(choice: Choice): void {
    this.choice.set(choice);
    try {
      this.storage?.localStorage.setItem(STORAGE_KEY, JSON.stringify(choice));
    } catch {
      // Storage is turned off in this browser: the choice lasts until the page is left.
    }
  }

  private remembered(): Choice {
    try {
      return parseChoice(this.storage?.localStorage.getItem(STORAGE_KEY) ?? null);
    } catch {
      // Storage is turned off in this browser.
      return STANDARD;
    }
  }
}

function parseChoice(text: string | null): Choice {
  if (text === null) return STANDARD;
  let kept: unknown;
  try {
    kept = JSON.parse(text);
  } catch {
    // Somebody else wrote there, or an earlier version did.
    return STANDARD;
  }
  if (typeof kept !== 'object' || kept === null) return STANDARD;
  const size = 'size' in kept ? CARD_SIZES.find((one) => one === kept.size) : undefined;
  const metrics = 'metrics' in kept && Array.isArray(kept.metrics) ? kept.metrics : CARD_METRICS;
  return {
    size: size ?? STANDARD.size,
    metrics: CARD_METRICS.filter((metric) => metrics.includes(metric)),
  };
}
