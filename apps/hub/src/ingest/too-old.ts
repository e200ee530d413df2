import type { Host } from '../hosts/host';

/** Told once no further old frame of a host has come for this long, ms. */
const QUIET = 2_000;

interface Found {
  frames: number;
  oldest: number;
  last: number;
}

/** Frames too old to be stored, gathered by host so that a backlog of them is told of once. */
export class TooOldFrames {
  private readonly found = new Map<Host, Found>();
  private timer: NodeJS.Timeout | null = null;

  constructor(
    private readonly tell: (host: Host, frames: { frames: number; oldest: number }) => void,
  ) {}

  /** @param at time in the frame */
  add(host: Host, at: number): void {
    const last = performance.now();
    const found = this.found.get(host);
    if (found === undefined) this.found.set(host, { frames: 1, oldest: at, last });
    else {
      found.frames += 1;
      found.oldest = Math.min(found.oldest, at);
      found.last = last;
    }
    this.timer ??= setTimeout(() => this.look(), QUIET);
  }

  forget(host: Host): void {
    this.found.delete(host);
  }

  /** Tells of everything there is. */
  flush(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    for (const [host, { frames, oldest }] of this.found) this.tell(host, { frames, oldest });
    this.found.clear();
  }

  private look(): void {
    this.timer = null;
    const now = performance.now();
    for (const [host, { frames, oldest, last }] of this.found) {
      if (now - last < QUIET / 2) continue;
      this.found.delete(host);
      this.tell(host, { frames, oldest });
    }
    if (this.found.size > 0) this.timer = setTimeout(() => this.look(), QUIET);
  }
}
