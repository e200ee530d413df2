const MINUTE = 60_000;

/** At most so many requests within any minute, by the hub's clock. */
export class RateLimit {
  /** When the last ones were sent, the oldest first. */
  private sent: number[] = [];

  /** Whether one more may be sent now; if so it counts. */
  take(perMinute: number, now: number): boolean {
    // A clock that was set back must not block for longer than a minute.
    this.sent = this.sent.filter((at) => at > now - MINUTE && at <= now);
    if (this.sent.length >= perMinute) return false;
    this.sent.push(now);
    return true;
  }
}
