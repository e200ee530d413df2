/** The hub cannot start. Each line says one thing that is wrong and what to do; people see them without a stack trace. */
export class StartError extends Error {
  readonly lines: readonly string[];

  constructor(lines: string | readonly string[], options?: ErrorOptions) {
    const list = typeof lines === 'string' ? [lines] : lines;
    super(list.join('; '), options);
    this.name = 'StartError';
    this.lines = list;
  }
}
