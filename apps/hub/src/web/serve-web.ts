import type { NextFunction, Request, Response } from 'express';
import type { WebFile } from './web-files';

const NOT_BUILT = `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Hostdeck</title>
<h1>Hostdeck</h1>
<p>The hub runs, but the web app has not been built. Run <code>npm run build</code> and start the hub again.</p>
</html>
`;

/** Whether the address belongs to the interface and not to the web app. */
function isInterface(path: string): boolean {
  return (
    path === '/api' ||
    path === '/metrics' ||
    path.startsWith('/api/') ||
    path.startsWith('/socket.io/')
  );
}

/**
 * Serves the web app. Every address that is no file of it is one of its pages, and gets `index.html`.
 *
 * @param files `null` when it was not built
 */
export function serveWeb(files: ReadonlyMap<string, WebFile> | null) {
  return (request: Request, response: Response, next: NextFunction): void => {
    const reads = request.method === 'GET' || request.method === 'HEAD';
    if (!reads || isInterface(request.path)) {
      next();
      return;
    }
    const file = files?.get(request.path);
    if (file === undefined && /\.\w{1,8}$/.test(request.path)) {
      response.status(404).type('text/plain').send('There is no such file.\n');
      return;
    }
    const page = file ?? files?.get('/index.html');
    if (page === undefined) {
      response.status(503).type('text/html').send(NOT_BUILT);
      return;
    }
    send(page, request, response).catch(next);
  };
}

async function send(file: WebFile, request: Request, response: Response): Promise<void> {
  response.setHeader(
    'Cache-Control',
    file.immutable ? 'public, max-age=31536000, immutable' : 'no-cache',
  );
  response.setHeader('ETag', file.etag);
  response.setHeader('Vary', 'Accept-Encoding');
  if (request.headers['if-none-match'] === file.etag) {
    response.status(304).end();
    return;
  }
  const encoding = file.encodingFor(request.headers['accept-encoding'] ?? '');
  const body = await file.body(encoding);
  if (encoding !== 'identity') response.setHeader('Content-Encoding', encoding);
  response.setHeader('Content-Type', file.type);
  response.setHeader('Content-Length', body.length);
  response.end(request.method === 'HEAD' ? undefined : body);
}
