import { displayText, toDisplayText } from './text';

describe('text from a host', () => {
  it('keeps letters of every script, emoji and markup as they are', () => {
    const name = 'web-01 <b>Größe</b> 数据库 🚀 =1+1';
    expect(toDisplayText(name)).toBe(name);
  });

  it.each([
    ['an escape sequence', 'a\u001b[31mb', 'a\ufffd[31mb'],
    ['a line break', 'a\r\nb', 'a\ufffd\ufffdb'],
    ['NUL', 'a\u0000b', 'a\ufffdb'],
    ['a bidirectional override', 'a\u202eb', 'a\ufffdb'],
    ['a lone surrogate', 'a\ud800b', 'a\ufffdb'],
  ])('shows %s as a replacement character', (_, text, shown) => {
    expect(toDisplayText(text)).toBe(shown);
  });

  it('is refused when too long', () => {
    expect(displayText(3).safeParse('abcd').success).toBe(false);
  });
});
