/** Why a command ends without having done what was asked, and the exit code that says so. */
export const EXIT_CODES = {
  /** It could not be done. */
  failed: 1,
  /** The command line or the environment is wrong. */
  usage: 2,
} as const;
export type CliErrorKind = keyof typeof EXIT_CODES;

/** An expected failure: its message is the one line that people see. */
export class CliError extends Error {
  override readonly name = 'CliError';

  constructor(
    readonly kind: CliErrorKind,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }

  get exitCode(): number {
    return EXIT_CODES[this.kind];
  }
}
