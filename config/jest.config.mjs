import { fileURLToPath } from 'node:url';

const rootDir = fileURLToPath(new URL('..', import.meta.url));

/** Four projects over one tree: `unit` beside the code; `medium`, `e2e` and `console` (a real browser) under test/. */
const transform = {
  sourceMaps: 'inline',
  module: { type: 'nodenext' },
  jsc: {
    target: 'es2023',
    parser: { syntax: 'typescript', decorators: true, dynamicImport: true },
    transform: {
      legacyDecorator: true,
      decoratorMetadata: true,
      useDefineForClassFields: false,
      verbatimModuleSyntax: true,
    },
    keepClassNames: true,
  },
};

const project = (displayName, roots, testRegex, more = {}) => ({
  displayName,
  rootDir,
  roots: roots.map((root) => `<rootDir>/${root}`),
  testRegex,
  testEnvironment: 'node',
  // `source` makes the `#libs/*` imports of package.json point at TypeScript, not at the build.
  testEnvironmentOptions: { customExportConditions: ['source', 'node', 'node-addons'] },
  moduleFileExtensions: ['ts', 'js', 'mjs', 'json', 'node'],
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: {
    '^(\\.{1,2}/.*)\\.js$': '$1',
    // Its ES modules import JSON in the old way, which Jest reports at every import.
    '^libphonenumber-js/max$': '<rootDir>/node_modules/libphonenumber-js/max/index.cjs',
  },
  transform: { '^.+\\.ts$': ['@swc/jest', { ...transform, swcrc: false }] },
  transformIgnorePatterns: ['/node_modules/'],
  ...more,
});

const servers = {
  globalSetup: '<rootDir>/test/support/global-setup.mjs',
  globalTeardown: '<rootDir>/test/support/global-teardown.mjs',
};

export default {
  rootDir,
  maxWorkers: 2,
  // ESM modules loaded by Jest are never freed: recycle a worker that has grown.
  workerIdleMemoryLimit: '700MB',
  reporters: ['default', '<rootDir>/config/summary-reporter.mjs'],
  projects: [
    project('unit', ['apps', 'libs', 'test/architecture'], '[^-]spec\\.ts$'),
    project('medium', ['test/medium'], '\\.medium-spec\\.ts$', servers),
    project('e2e', ['test/e2e'], '\\.e2e-spec\\.ts$', servers),
    project('console', ['test/console'], '\\.console-spec\\.ts$', servers),
  ],
};
