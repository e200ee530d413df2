import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, existsSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
};

const COMPRESSIBLE: ReadonlySet<string> = new Set([
  '.html',
  '.js',
  '.css',
  '.json',
  '.webmanifest',
  '.svg',
  '.txt',
]);

/** Shorter files are not worth compressing, bytes. */
const COMPRESS_FROM = 1_024;

const brotliAsync = promisify(brotliCompress);
const gzipAsync = promisify(gzip);

export type Encoding = 'br' | 'gzip' | 'identity';

/** What the build has compressed already lies beside the file, under its name and this. */
const COMPRESSED = [
  ['br', '.br'],
  ['gzip', '.gz'],
] as const satisfies readonly (readonly [Encoding, string])[];

const NOT_SERVED: ReadonlySet<string> = new Set([
  '.map',
  ...COMPRESSED.map(([, ending]) => ending),
]);

/** One file of the web app, in memory. */
export class WebFile {
  readonly type: string;
  readonly etag: string;
  /** Whether the name changes with the content, so that it can be kept for ever. */
  readonly immutable: boolean;
  private readonly compressible: boolean;
  private readonly encoded = new Map<Encoding, Promise<Buffer>>();

  /** @param compressed what there is of it in other encodings; the others are made when they are asked for */
  constructor(
    path: string,
    private readonly content: Buffer,
    compressed: ReadonlyMap<Encoding, Buffer>,
  ) {
    for (const [encoding, body] of compressed) this.encoded.set(encoding, Promise.resolve(body));
    const extension = extname(path);
    this.type = TYPES[extension] ?? 'application/octet-stream';
    this.etag = `"${createHash('sha256').update(content).digest('base64url').slice(0, 22)}"`;
    this.immutable = /-[A-Za-z0-9]{8}\.\w+$/.test(path);
    this.compressible = COMPRESSIBLE.has(extension) && content.length >= COMPRESS_FROM;
  }

  /** The best encoding of those a browser takes (`Accept-Encoding`). */
  encodingFor(accepted: string): Encoding {
    if (!this.compressible) return 'identity';
    if (/\bbr\b/.test(accepted)) return 'br';
    return /\bgzip\b/.test(accepted) ? 'gzip' : 'identity';
  }

  /** The content in an encoding; compressed once. */
  body(encoding: Encoding): Promise<Buffer> {
    let body = this.encoded.get(encoding);
    if (body === undefined) {
      body = this.encode(encoding);
      this.encoded.set(encoding, body);
    }
    return body;
  }

  private encode(encoding: Encoding): Promise<Buffer> {
    switch (encoding) {
      case 'identity':
        return Promise.resolve(this.content);
      case 'gzip':
        return gzipAsync(this.content);
      case 'br':
        return brotliAsync(this.content, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } });
    }
  }
}

/** Every file of the built web app by its path in addresses, or `null` when it was not built. */
export function readWebFiles(folder: string): ReadonlyMap<string, WebFile> | null {
  if (!existsSync(join(folder, 'index.html'))) return null;
  const files = new Map<string, WebFile>();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || NOT_SERVED.has(extname(entry.name))) continue;
    const path = join(entry.parentPath, entry.name);
    const address = `/${relative(folder, path).split(sep).join('/')}`;
    files.set(address, new WebFile(address, readFileSync(path), readCompressed(path)));
  }
  return files;
}

function readCompressed(path: string): ReadonlyMap<Encoding, Buffer> {
  return new Map(
    COMPRESSED.filter(([, ending]) => existsSync(path + ending)).map(([encoding, ending]) => [
      encoding,
      readFileSync(path + ending),
    ]),
  );
}
