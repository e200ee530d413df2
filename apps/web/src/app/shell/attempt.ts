import { signal } from '@angular/core';
import { reasonOf } from '../api/problem';

/** Something a person asks for with a form or button: whether it is under way, and why it did not work. */
export class Attempt {
  private readonly running = signal(false);
  private readonly failure = signal('');

  readonly busy = this.running.asReadonly();
  /** Empty when nothing is wrong. */
  readonly error = this.failure.asReadonly();

  /** Says why it is not even tried; with nothing, takes back what was said. */
  refuse(reason: string): void {
    this.failure.set(reason);
  }

  /**
   * Does it. Never rejects: what fails is said.
   *
   * @param words how to say it
   * @returns whether it worked
   */
  async run(
    action: () => Promise<void>,
    words: (error: unknown) => string = reasonOf,
  ): Promise<boolean> {
    this.running.set(true);
    this.failure.set('');
    try {
      await action();
      return true;
    } catch (error) {
      this.failure.set(words(error));
      return false;
    } finally {
      this.running.set(false);
    }
  }
}
