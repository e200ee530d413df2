import { existsSync } from 'node:fs';
import { request } from 'node:http';
import { z } from 'zod';

/** Longest an answer may take, ms, and be, bytes. */
const DEADLINE = 2_000;
const MOST_BYTES = 4 * 1024 * 1024;

const ContainersSchema = z.array(
  z.object({
    Id: z.string(),
    Names: z.array(z.string()).nullish(),
    State: z.string().nullish(),
  }),
);

/** What a container runtime says of a container. */
export interface NamedContainer {
  readonly id: string;
  readonly name: string;
  readonly isRunning: boolean;
}

/** Where the sockets of Docker and Podman are, below the root of the filesystem. */
export const CONTAINER_SOCKETS: readonly string[] = ['run/docker.sock', 'run/podman/podman.sock'];

/** The sockets that are there. */
export function presentSockets(root: string): string[] {
  return CONTAINER_SOCKETS.map((socket) => `${root}${socket}`).filter((path) => existsSync(path));
}

/**
 * Asks Docker or Podman for its containers, stopped ones too: one `GET` of Docker's Engine API, which Podman has as well. Nothing else is
 * ever asked.
 *
 * @throws what the socket says (`EACCES` without the right), or that the answer is none
 */
export async function listNamedContainers(socketPath: string): Promise<NamedContainer[]> {
  const body = await get(socketPath, '/containers/json?all=true');
  return ContainersSchema.parse(JSON.parse(body)).map(({ Id, Names, State }) => ({
    id: Id,
    name: Names?.[0]?.replace(/^\//, '') ?? Id.slice(0, 12),
    isRunning: State === 'running',
  }));
}

function get(socketPath: string, path: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const options = {
      socketPath,
      path,
      agent: false,
      headers: { host: 'localhost' },
      signal: AbortSignal.timeout(DEADLINE),
    };
    const asking = request(options, (response) => {
      const chunks: Buffer[] = [];
      let size = 0;
      response.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size > MOST_BYTES) asking.destroy(new Error(`more than ${MOST_BYTES} bytes of answer`));
        chunks.push(chunk);
      });
      response.on('end', () => {
        if (response.statusCode === 200) resolve(Buffer.concat(chunks).toString('utf8'));
        else reject(new Error(`HTTP status ${response.statusCode ?? 0}`));
      });
      response.on('error', reject);
    });
    asking.on('error', reject);
    asking.end();
  });
}
