import { gzipSync } from 'node:zlib';
import type { Hub } from '../programs';

/** What the page names and what that imports at once, bytes after gzip: a browser fetches all of it without being asked again. */
export async function initialBundle(hub: Hub): Promise<number> {
  const page = await (await fetch(`${hub.url}/`)).text();
  const waiting = [...page.matchAll(/(?:src|href)="([^"]+\.(?:js|css))"/g)].map(([, file]) => file);
  const known = new Set<string>();
  let size = gzipSync(page).length;
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (known.has(file)) continue;
    known.add(file);
    const text = await (await fetch(`${hub.url}/${file}`)).text();
    size += gzipSync(text).length;
    // What a module imports at once belongs to it; what it imports later is in a call of `import()`.
    for (const [, next] of text.matchAll(/(?:from|import)\s*"\.\/([^"]+\.js)"/g))
      waiting.push(next);
  }
  return size;
}

/** Bytes of a file after gzip. */
export async function gzippedSize(url: string): Promise<number> {
  const body = await (await fetch(url)).arrayBuffer();
  return gzipSync(Buffer.from(body)).length;
}

/** Whether a file holds ECharts, by the name of its drawing engine. */
export async function holdsECharts(url: string): Promise<boolean> {
  return (await (await fetch(url)).text()).includes('zrender');
}
