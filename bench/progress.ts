/** Says what is being done, for whoever waits: on the error stream, so that figures stay by themselves on the other one. */
export function sayProgress(what: string): void {
  process.stderr.write(`bench: ${what} …\n`);
}
