import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { METRICS } from '@hostdeck/contracts';
import ts from 'typescript';

const APP = fileURLToPath(new URL('../../apps/web/src/app/', import.meta.url));

/** Words of a language as they stand in the sources of the page: whole texts, and what stands between the words a text is given. */
export interface WebTexts {
  readonly whole: ReadonlySet<string>;
  /** Parts of at least three words: enough to know a sentence by. */
  readonly phrases: readonly string[];
}

/** What only the English texts of the dashboard say. */
export function englishTexts(): WebTexts {
  const files = readdirSync(APP, { recursive: true, encoding: 'utf8' });
  const german = new Set(
    files.filter((file) => file.endsWith('.de.ts')).flatMap((file) => literals(`${APP}${file}`)),
  );
  const english = [
    ...files
      .filter((file) => file.endsWith('.texts.ts'))
      .flatMap((file) => literals(`${APP}${file}`)),
    ...Object.values(METRICS).map(({ label }) => label),
  ].filter((text) => !german.has(text));
  return {
    whole: new Set(english),
    phrases: english.filter((text) => (text.match(/\p{L}+/gu) ?? []).length >= 3),
  };
}

/** Every piece of text in a source file, without what it imports. */
function literals(path: string): string[] {
  const found: string[] = [];
  const walk = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) return;
    if (
      ts.isStringLiteralLike(node) ||
      ts.isTemplateHead(node) ||
      ts.isTemplateMiddleOrTemplateTail(node)
    ) {
      const text = node.text.trim();
      if (/\p{L}/u.test(text)) found.push(text);
    }
    ts.forEachChild(node, walk);
  };
  walk(ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true));
  return found;
}
