import presets from 'jest-preset-angular/presets/index.js';

const rootDir = new URL('.', import.meta.url).pathname;

const preset = presets.createEsmPreset({ tsconfig: `${rootDir}tsconfig.json` });

/** Components in jsdom, ES modules as they are, without zone.js. */
export default {
  ...preset,
  displayName: 'apps/web',
  rootDir,
  testMatch: ['**/*.spec.ts'],
  setupFilesAfterEnv: ['<rootDir>/test/set-up.ts'],
  // Packages that ship ES modules in .js files, and our contracts, which are source in the workspace.
  transformIgnorePatterns: [
    'node_modules/(?!.*\\.mjs$|echarts|zrender|ngx-echarts|tslib|@hostdeck)',
  ],
  testTimeout: 30_000,
};
