/** Writes `docs/metrics.md` from the metric catalogue: `node tools/metrics-page.mjs`. */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

const { outputFiles } = await build({
  entryPoints: [`${ROOT}apps/agent/test/metrics-page.ts`],
  bundle: true,
  format: 'esm',
  alias: { '@hostdeck/contracts': `${ROOT}libs/contracts/src/index.ts` },
  write: false,
});
const code = Buffer.from(outputFiles[0].contents).toString('base64');
const { metricsPage } = await import(`data:text/javascript;base64,${code}`);
writeFileSync(`${ROOT}docs/metrics.md`, metricsPage());
