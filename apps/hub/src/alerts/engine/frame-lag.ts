/** How much later than usual a frame may come and still be what the host is now: so many intervals, at least so many ms. */
const LATE_INTERVALS = 3;
const LEAST_LATENESS = 6_000;
/** Frames that come later for longer than this are not late: the host's clock was set back. In ms. */
const ADOPT_AFTER = 10_000;

/**
 * Tells frames that were held up on the way (a connection that stalled and went on) from those of a clock that was set: the
 * former catch up, the latter stay behind.
 */
export class FrameLag {
  /** Hub's clock minus time in the frame, of the last current frame. */
  private usual: number | null = null;
  private suspectSince: number | null = null;

  /** Whether a frame says what the host is now. */
  isCurrent(frameAt: number, now: number, interval: number): boolean {
    const lag = now - frameAt;
    const allowed = Math.max(LEAST_LATENESS, LATE_INTERVALS * interval);
    if (this.usual === null || lag - this.usual <= allowed) {
      this.adopt(lag);
      return true;
    }
    this.suspectSince ??= now;
    if (now - this.suspectSince <= ADOPT_AFTER) return false;
    this.adopt(lag);
    return true;
  }

  private adopt(lag: number): void {
    this.usual = lag;
    this.suspectSince = null;
  }
}
