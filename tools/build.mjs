/**
 * Bundles one of our Node programs: `node tools/build.mjs agent|hub|bench`.
 *
 * The agent is one file with everything in it, so that it can be copied to a machine as it is. The hub keeps its npm
 * packages outside (some are native, NestJS loads some by name), and is found with them in `node_modules`.
 */
import { chmod, mkdir, rm, writeFile } from 'node:fs/promises';
import { build } from 'esbuild';

/** CommonJS packages inside an ES module bundle still call `require` for Node's own modules. */
const REQUIRE = `import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);`;

/** Our libraries are source in the workspace, not installed packages, although they are imported by a package's name. */
const LIBRARIES = {
  '@hostdeck/contracts': './libs/contracts/src/index.ts',
  '@hostdeck/simulated-agent': './libs/simulated-agent/src/index.ts',
};

/** The builds of Socket.IO's client without its debugging output, of which the usual one for Node makes the arguments for every message. */
const WITHOUT_DEBUG = Object.fromEntries(
  ['socket.io-client', 'engine.io-client', 'socket.io-parser'].map((name) => [
    name,
    `./node_modules/${name}/build/esm/index.js`,
  ]),
);

const PROGRAMS = {
  agent: {
    entry: 'apps/agent/src/main.ts',
    out: 'dist/apps/agent',
    options: {
      external: ['bufferutil', 'utf-8-validate'],
      banner: { js: REQUIRE },
      // Names stay, for stack traces. (Short ones that are given back by `keepNames` cost a call for every function that is made.)
      minifyWhitespace: true,
      minifySyntax: true,
      alias: { ...LIBRARIES, ...WITHOUT_DEBUG },
    },
  },
  hub: { entry: 'apps/hub/src/main.ts', out: 'dist/apps/hub', options: { packages: 'external' } },
  bench: { entry: 'bench/main.ts', out: 'dist/bench', options: { packages: 'external' } },
};

const name = process.argv[2];
if (!Object.hasOwn(PROGRAMS, name)) {
  console.error(`build: expected one of ${Object.keys(PROGRAMS).join(', ')}, got ${name}`);
  process.exit(2);
}
const { entry, out, options } = PROGRAMS[name];
await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });
await build({
  entryPoints: [entry],
  outfile: `${out}/main.js`,
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  format: 'esm',
  sourcemap: true,
  logLevel: 'warning',
  alias: LIBRARIES,
  ...options,
});
await writeFile(`${out}/package.json`, '{ "type": "module" }\n');
await chmod(`${out}/main.js`, 0o755);
