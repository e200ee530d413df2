/** Lets one after the other in, in the order they came. */
export class Lock {
  private last: Promise<void> = Promise.resolve();

  /** Waits for the turn; the caller must call what it gets when it is done. */
  async acquire(): Promise<() => void> {
    const before = this.last;
    let release!: () => void;
    this.last = new Promise((resolve) => {
      release = resolve;
    });
    await before;
    return release;
  }
}
