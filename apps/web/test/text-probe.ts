/** What a text says: one that takes words is given such as no text has in it, `⟦0⟧`, `⟦1.name⟧` or a number of millions. */
export function sayText(text: unknown): string {
  if (typeof text === 'string') return text;
  if (!takesWords(text)) return '';
  const words = Array.from({ length: text.length }, (_, index) => probe(String(index), index + 2));
  return String(Reflect.apply(text, undefined, words));
}

/** The words given by {@link sayText} that stand in what was said, sorted, each once. */
export function wordsIn(said: string): readonly string[] {
  return [...new Set(said.match(/⟦[^⟧]*⟧|\d+(?:[.,]\d+)*/g) ?? [])].sort();
}

function takesWords(text: unknown): text is (...words: never[]) => unknown {
  return typeof text === 'function';
}

/** Stands for a word of any type: a number where one is calculated with, its own path where it is written. */
function probe(path: string, number: number): unknown {
  const convert = (hint: string) => (hint === 'number' ? number * 1_000_000 : `⟦${path}⟧`);
  return new Proxy(() => `⟦${path}⟧`, {
    get: (_, key) =>
      key === Symbol.toPrimitive ? convert : probe(`${path}.${String(key)}`, number),
    apply: () => `⟦${path}⟧`,
  });
}
