import { PROCESS_LIMITS, toDisplayText, type AgentSettings } from '@hostdeck/contracts';
import type { RawCommand } from './process-files';
import { redactCommand } from './redaction';

/** What stands for the rest of what is too long. */
const REST = '…';

/**
 * A command line as it may leave the host: without secrets, as one legible line, not longer than the protocol allows.
 *
 * @returns `null` where there is none, or none is to be sent
 */
export function commandText(
  command: RawCommand | null,
  policy: AgentSettings['commandLines'],
): string | null {
  if (command === null || policy === 'hidden') return null;
  const { words, isCut } = command;
  const whole = redactCommand(isCut ? withoutRest(words) : words).join(' ');
  return shorten(
    toDisplayText(isCut ? `${whole} ${REST}`.trimStart() : whole),
    PROCESS_LIMITS.command,
  );
}

/** At most `max` UTF-16 code units of a text, of which the last says when something is left out. */
export function shorten(text: string, max: number): string {
  return text.length <= max ? text : toDisplayText(text.slice(0, max - 1)) + REST;
}

/** Words without the part of one at the end: half a secret can not be told from an ordinary word. */
function withoutRest(words: readonly string[]): readonly string[] {
  const last = words.at(-1) ?? '';
  if (words.length > 1 && !/\s/.test(last)) return words.slice(0, -1);
  const end = last.search(/\s\S*$/);
  return [...words.slice(0, -1), end === -1 ? '' : last.slice(0, end)];
}
