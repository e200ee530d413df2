import { readFileSync } from 'node:fs';
import { METRIC_IDS } from '@hostdeck/contracts';
import { metricsPage } from './metrics-page';

describe('the page that lists the metrics', () => {
  it('is what stands in docs/metrics.md; node tools/metrics-page.mjs writes it anew', () => {
    const page = readFileSync(new URL('../../../docs/metrics.md', import.meta.url), 'utf8');
    expect(page).toBe(metricsPage());
  });

  it('has every metric', () => {
    const page = metricsPage();
    expect(METRIC_IDS.filter((id) => !page.includes(`| \`${id}\` |`))).toEqual([]);
  });
});
