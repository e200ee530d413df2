import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const APP = fileURLToPath(new URL('../src/app/', import.meta.url));

/** Every file of English texts there is, as absolute paths. */
export const TEXT_FILES = readdirSync(APP, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.texts.ts'))
  .map((path) => `${APP}${path}`);
