import { gzipSync } from 'node:zlib';
import type { Hub } from '../programs';

/** What a browser fetches before it runs the first line of ours, bytes after gzip. */
export async function initialBundle(hub: Hub): Promise<number> {
  const page = await (await fetch(`${hub.url}/`)).text();
  const files = [...page.matchAll(/(?:src|href)="([^"]+\.(?:js|css))"/g)].map(([, file]) => file);
  const sizes = await Promise.all(files.map((file) => gzippedSize(`${hub.url}/${file ?? ''}`)));
  return sizes.reduce((sum, size) => sum + size, gzipSync(page).length);
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
