import { Inject, Injectable } from '@nestjs/common';
import { LIMITS, type HubLimits } from '../config/limits';
import { ProblemError } from '../problems/problem';

/** When to ask again, ms. */
const RETRY = 5_000;

/** Lets only so many exports be made at once: each holds a stretch of history in memory and keeps a reader busy. */
@Injectable()
export class ExportSlots {
  private taken = 0;

  constructor(@Inject(LIMITS) private readonly limits: HubLimits) {}

  /**
   * Makes an export while it holds a slot.
   *
   * @throws {ProblemError} when all are taken.
   */
  async within(make: () => Promise<void>): Promise<void> {
    const { atOnce } = this.limits.exports;
    if (this.taken >= atOnce) {
      throw new ProblemError(
        'unavailable',
        `${atOnce} exports are being made, which is as many as there may be at once: ask again when one is done`,
        { retryAfter: RETRY },
      );
    }
    this.taken += 1;
    try {
      await make();
    } finally {
      this.taken -= 1;
    }
  }
}
