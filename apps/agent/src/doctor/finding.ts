/** How well something is. */
export type Level = 'ok' | 'warn' | 'fail';

/** What a check has found. */
export interface Finding {
  /** What was looked at. */
  readonly check: string;
  readonly level: Level;
  readonly text: string;
  /** What to do; `null` when nothing need be done. */
  readonly advice: string | null;
}

/** Findings about one thing that was looked at. */
export function about(check: string) {
  return {
    ok: (text: string): Finding => ({ check, level: 'ok', text, advice: null }),
    warn: (text: string, advice: string): Finding => ({ check, level: 'warn', text, advice }),
    fail: (text: string, advice: string): Finding => ({ check, level: 'fail', text, advice }),
  };
}
