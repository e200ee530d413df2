/**
 * Finishes the built web app, from `dist/web-bundle` to `dist/apps/web`:
 *
 * - What the first card needs is put into two files, of which the page names both: the start of the app, and the frame
 *   with the fleet page. As built they are some forty small ones, which a browser fetches six at a time, and in five
 *   rounds, each of which finds out what the next one is.
 * - Files are compressed here, as well as it goes, and not by the hub while the first visitor waits.
 * - What the page names must stay small: a build in which it is not fails.
 */
import { cp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { rolldown } from 'rolldown';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const BUNDLE = `${ROOT}dist/web-bundle`;
const OUT = `${ROOT}dist/apps/web`;
/** Lazy components of the page most people open. */
const OPENED_FIRST = ['Shell', 'FleetPage'];
const COMPRESSIBLE = ['.html', '.js', '.css', '.json', '.webmanifest', '.svg', '.txt'];
/** Shorter files are not worth compressing, bytes. */
const COMPRESS_FROM = 1_024;

/** Most that a browser fetches before it shows the first card, bytes after gzip. */
const MOST_AT_FIRST = 250_000;

const brotliAsync = promisify(brotliCompress);
const gzipAsync = promisify(gzip);

/** Adds files of the bundle, and what they import at once, to `found`. What they import later is in a call of `import()`. */
async function addWithImports(files, found) {
  for (const file of files) {
    if (found.has(file)) continue;
    found.add(file);
    const code = await readFile(join(BUNDLE, file), 'utf8');
    const imports = code.matchAll(/(?:from|import)\s*"\.\/([^"]+\.js)"/g);
    await addWithImports(
      [...imports].map(([, name]) => name),
      found,
    );
  }
}

/** Which file a lazy component is in, by the `import("./file").then(x => x.Component)` that loads it. */
async function findLazy(component, files) {
  for (const file of files) {
    const code = await readFile(join(BUNDLE, file), 'utf8');
    for (const [, found, , name] of code.matchAll(
      /import\("\.\/([^"]+\.js)"\)\.then\((\w+)=>\2\.(\w+)\)/g,
    )) {
      if (name === component) return found;
    }
  }
  throw new Error(`finish-web: no file loads ${component}: is it still a lazy route?`);
}

/** Writes the scripts anew. @returns those the page loads: the one that starts everything, and what it will need at once */
async function bundleScripts(main) {
  const start = new Set();
  await addWithImports([main], start);
  const first = new Set(start);
  for (const component of OPENED_FIRST) {
    await addWithImports([await findLazy(component, start)], first);
  }
  const bundle = await rolldown({ input: join(BUNDLE, main) });
  const { output } = await bundle.write({
    dir: OUT,
    // They are minified already: what is left is to print them so.
    minify: { compress: false, mangle: false },
    hashCharacters: 'base36',
    entryFileNames: 'main-[hash:8].js',
    chunkFileNames: 'chunk-[hash:8].js',
    codeSplitting: {
      groups: [
        { name: 'start', test: (id) => start.has(basename(id)), priority: 2 },
        { name: 'first', test: (id) => first.has(basename(id)), priority: 1 },
      ],
    },
  });
  await bundle.close();
  const named = (wanted) => output.find(({ name }) => name === wanted)?.fileName;
  const entry = output.find(({ isEntry }) => isEntry)?.fileName;
  const preloaded = [named('start'), named('first')];
  if (entry === undefined || preloaded.includes(undefined)) {
    throw new Error('finish-web: the scripts were not put together as asked for');
  }
  return { entry, preloaded };
}

/** Copies the page and whatever is no script, and lets the page name the scripts there are now. */
async function writePage() {
  const page = await readFile(join(BUNDLE, 'index.html'), 'utf8');
  const main = /<script src="([^"]+)" type="module"><\/script>/.exec(page);
  if (main === null) throw new Error('finish-web: the page starts no script');
  const { entry, preloaded } = await bundleScripts(main[1]);
  const links = preloaded.map((file) => `<link rel="modulepreload" href="${file}">`).join('');
  const finished = page
    .replaceAll(/<link rel="modulepreload"[^>]*>/g, '')
    .replace(main[0], `<script src="${entry}" type="module"></script>`)
    .replace('</head>', `${links}</head>`);
  await writeFile(join(OUT, 'index.html'), finished);
}

async function compress(file) {
  const content = await readFile(file);
  if (content.length < COMPRESS_FROM) return;
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
    [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
  };
  await writeFile(`${file}.br`, await brotliAsync(content, { params }));
  await writeFile(`${file}.gz`, await gzipAsync(content, { level: constants.Z_BEST_COMPRESSION }));
}

await rm(OUT, { recursive: true, force: true });
const isNoScript = (path) => !/^(chunk|main)-\w+\.js$/.test(basename(path));
await cp(BUNDLE, OUT, { recursive: true, filter: isNoScript });
await writePage();
const entries = await readdir(OUT, { recursive: true, withFileTypes: true });
await Promise.all(
  entries
    .filter((entry) => entry.isFile() && COMPRESSIBLE.includes(extname(entry.name)))
    .map((entry) => compress(join(entry.parentPath, entry.name))),
);

const page = await readFile(join(OUT, 'index.html'), 'utf8');
const named = [...page.matchAll(/(?:src|href)="([^"]+\.(?:js|css))"/g)].map(([, file]) => file);
const contents = await Promise.all([...new Set(named)].map((file) => readFile(join(OUT, file))));
const sizes = await Promise.all(contents.map(async (content) => (await gzipAsync(content)).length));
const atFirst = sizes.reduce((sum, size) => sum + size, 0);
if (atFirst > MOST_AT_FIRST) {
  throw new Error(
    `finish-web: the page starts with ${atFirst} bytes after gzip, at most ${MOST_AT_FIRST} are allowed; has something of the first page begun to import the schemas of the contracts?`,
  );
}
