import { errorText } from './error-text';
import { Logger } from './logger';

describe('the log', () => {
  const lines: string[] = [];
  let now = 0;
  const logger = new Logger({
    level: 'info',
    write: (line) => lines.push(line),
    now: () => now,
  });

  beforeEach(() => {
    lines.length = 0;
  });

  it('leaves out what is below its level', () => {
    logger.debug('small');
    logger.warn('big');
    expect(lines.join()).toMatch(/^\S+Z warn {2}big\n$/);
  });

  it('keeps text from outside on one line and without commands to the terminal', () => {
    logger.error('evil\n2026 info fine\u001b[31m\u202e');
    expect(lines.join()).toMatch(/evil\ufffd2026 info fine\ufffd\[31m\ufffd\n$/);
  });

  it('writes what goes on happening once in ten minutes, with the count', () => {
    for (let times = 0; times < 5; times += 1) logger.repeated('disk', 'warn', 'full');
    expect(lines).toHaveLength(1);
    now += 600_000;
    logger.repeated('disk', 'warn', 'full');
    expect(lines[1]).toContain('full (4 times more before)');
  });
});

describe('the text of an error', () => {
  it('has its causes, once each', () => {
    const cause = new Error('ECONNREFUSED');
    expect(errorText(new Error('no hub', { cause }))).toBe('no hub: ECONNREFUSED');
    expect(errorText(new Error('no hub: ECONNREFUSED', { cause }))).toBe('no hub: ECONNREFUSED');
    expect(errorText('text')).toBe('text');
  });
});
