/** What runs inside of the page under measurement. Each function is handed to the browser as it is and can use nothing from outside of itself. */

/** What the page notes down for the bench. */
export interface PageNotes {
  /** When the first card was there, ms since the start of the navigation; `null` before. */
  firstCard: number | null;
  /** When the live connection stood and when the fleet was there, on the same clock. */
  socketOpen: number | null;
  fleetKnown: number | null;
  /** Tasks of more than 50 ms that began after the page was loaded: start and length, ms. */
  readonly longTasks: [start: number, length: number][];
  /** A text or time that was looked for, and when it was on the screen, ms since the epoch. */
  readonly painted: [what: string, at: number][];
}

declare global {
  var hostdeckNotes: PageNotes;
}

/** Notes long tasks and the first card. Runs before anything of the page. */
export function noteFromTheStart(): void {
  const notes: PageNotes = {
    firstCard: null,
    socketOpen: null,
    fleetKnown: null,
    longTasks: [],
    painted: [],
  };
  globalThis.hostdeckNotes = notes;
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) {
      notes.longTasks.push([startTime, duration]);
    }
  }).observe({ type: 'longtask', buffered: true });
  const looking = new MutationObserver(() => {
    if (document.querySelector('[data-testid=host-card]') === null) return;
    looking.disconnect();
    requestAnimationFrame(() => setTimeout(() => (notes.firstCard = performance.now())));
  });
  looking.observe(document, { childList: true, subtree: true });
}

/** Notes when the live connection stands and when the fleet has come. Runs before anything of the page. */
export function noteConnection(): void {
  const notes = globalThis.hostdeckNotes;
  globalThis.WebSocket = class extends WebSocket {
    constructor(...words: ConstructorParameters<typeof WebSocket>) {
      super(...words);
      this.addEventListener('open', () => (notes.socketOpen ??= performance.now()));
      this.addEventListener('message', ({ data }) => {
        if (notes.fleetKnown !== null || !String(data).includes('"room":"fleet"')) return;
        notes.fleetKnown = performance.now();
      });
    }
  };
}

/** Notes every text that an element of a host's card shows, and when it was painted. */
export function noteCardTexts(hostId: string): void {
  const { painted } = globalThis.hostdeckNotes;
  let shown = '';
  new MutationObserver(() => {
    const text = document
      .querySelector(`[data-host-id="${hostId}"] [data-testid=cpu]`)
      ?.textContent.trim();
    if (text === undefined || text === shown) return;
    shown = text;
    // The task after the next frame's callbacks runs when that frame has been painted.
    requestAnimationFrame(() => setTimeout(() => painted.push([text, Date.now()])));
  }).observe(document.body, { childList: true, subtree: true, characterData: true });
}

/**
 * Notes the time in every frame of a host's room, and when a chart had been drawn after it came. Runs before anything
 * of the page, so that the page's own socket is one that is listened to.
 */
export function noteChartFrames(): void {
  const waiting: string[] = [];
  globalThis.WebSocket = class extends WebSocket {
    constructor(...words: ConstructorParameters<typeof WebSocket>) {
      super(...words);
      this.addEventListener('message', ({ data }) => {
        const frame = /"frames":\[\[(\d+),/.exec(String(data));
        if (frame?.[1] !== undefined) waiting.push(frame[1]);
      });
    }
  };
  const { prototype } = CanvasRenderingContext2D;
  const stroke: unknown = Reflect.get(prototype, 'stroke');
  if (typeof stroke !== 'function') throw new Error('this browser does not draw');
  Reflect.set(prototype, 'stroke', function (this: unknown, ...words: unknown[]) {
    const drawn = waiting.splice(0);
    if (drawn.length > 0) {
      setTimeout(() => {
        for (const time of drawn) globalThis.hostdeckNotes.painted.push([time, Date.now()]);
      });
    }
    return Reflect.apply(stroke, this, words) as unknown;
  });
}
