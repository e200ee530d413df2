/** Lets work that does not depend on what failed go on; what failed first is thrown when all is done. */
export class Failures {
  private first: { readonly error: unknown } | null = null;

  /** Does `work`; when it fails, gives `otherwise`. */
  async attempt<Result>(work: () => Promise<Result>, otherwise: Result): Promise<Result> {
    try {
      return await work();
    } catch (error) {
      this.first ??= { error };
      return otherwise;
    }
  }

  /** @throws what failed first, if anything has. */
  throwFirst(): void {
    if (this.first !== null) throw this.first.error;
  }
}
