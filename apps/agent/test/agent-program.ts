import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const SOURCE = fileURLToPath(new URL('../src/main.ts', import.meta.url));
const CONTRACTS = fileURLToPath(new URL('../../../libs/contracts/src/index.ts', import.meta.url));

/** Bundles the agent as its build does, into `path`. */
export async function bundleAgent(path: string): Promise<void> {
  await build({
    entryPoints: [SOURCE],
    outfile: path,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20.19',
    alias: { '@hostdeck/contracts': CONTRACTS },
    banner: {
      js: `import { createRequire as r } from 'node:module'; const require = r(import.meta.url);`,
    },
    external: ['bufferutil', 'utf-8-validate'],
    logLevel: 'error',
  });
}
