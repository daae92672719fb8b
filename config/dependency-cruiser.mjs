import { apps, stack } from './stack.mjs';

const oneOf = (names) => names.join('|');
const error = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

/** Roles whose files are wired or touch the world. A file without one of them in its name is pure. */
const worldly = (
  'adapter client command controller entity factory filter gateway guard handler ' +
  'interceptor job module pipe queue repository service source store'
).split(' ');
/** The same in the console, where components and hooks are wired, too. */
const browserly = ['query', 'route', 'worker'];
const dotted = `/[^/]+[.](${oneOf([...worldly, ...browserly])}|config|decorator)[.]ts$`;
const source = '^(apps|libs)/[^/]+/src/';
const notPure = [
  dotted,
  '/(index|main)[.]ts$',
  '[.]spec[.]ts$',
  '^libs/database/src/',
  '[.]tsx$',
  '^apps/console/src/.*/use-[^/]+[.]ts$',
];
const pure = { path: source, pathNot: notPure };
const worldModules = 'fs|fs/promises|net|tls|http|https|dns|child_process|timers|timers/promises|worker_threads';

export default {
  forbidden: [
    error('no-circles', 'Not even through types.', {}, { circular: true }),

    ...stack.map((lib, i) =>
      error(
        `stack-${lib}`,
        'A lib imports only libs below it in config/stack.mjs.',
        { path: `^libs/${lib}/` },
        { path: `^libs/(${oneOf([...stack.slice(0, i), '-none-'])})/` },
      ),
    ),

    error(
      'stack-is-whole',
      'Every lib has its line in config/stack.mjs.',
      {},
      { path: '^libs/', pathNot: `^libs/(${oneOf(stack)})/` },
    ),

    ...Object.entries(apps).map(([app, allowed]) =>
      error(
        `app-${app}`,
        'An app uses only what config/stack.mjs gives it.',
        { path: `^apps/${app}/` },
        { path: '^libs/', pathNot: `^libs/(${oneOf(allowed)})/` },
      ),
    ),

    error(
      'apps-apart',
      'Processes meet in the queue and the database, never by import.',
      { path: '^apps/([^/]+)/' },
      { path: '^apps/', pathNot: '^apps/$1/' },
    ),

    error('libs-below-apps', 'Nothing imports an app.', { path: '^libs/' }, { path: '^apps/' }),

    error(
      'front-door',
      'Come in by index.ts.',
      { path: '^(apps|libs)/([^/]+)/', pathNot: '[.]spec[.]ts$' },
      { path: '^libs/([^/]+)/src/', pathNot: ['/index[.]ts$', '^libs/$2/'] },
    ),

    error(
      'not-your-own-door',
      'Inside a lib, import the file, not the index.',
      { path: '^libs/([^/]+)/src/', pathNot: '/index[.]ts$' },
      { path: '^libs/$1/src/index[.]ts$' },
    ),

    error(
      'one-door',
      'No index.ts but the doors of a lib.',
      {},
      { path: '^(apps|libs|test)/.*/index[.]ts$', pathNot: '^libs/[^/]+/(src|testing)/index[.]ts$' },
    ),

    error('pure-is-pure', 'A file without a role in its name takes values and gives values.', pure, {
      // The shape of a provider's answer is a value; its client is not.
      dependencyTypesNot: ['type-only'],
      path: [
        '(^|/)node_modules/@nestjs/',
        `^(node:)?(${worldModules})$`,
        '(^|/)node_modules/(pg|ioredis|bullmq|imapflow|nodemailer|smtp-server|telegraf|typeorm)/',
      ],
    }),

    error('pure-stays-pure', 'And imports only its like.', pure, {
      path: `^(apps|libs)/.*${dotted}`,
      pathNot: '[.]config[.]ts$',
    }),

    error(
      'sql-in-repositories',
      'Only those who hold a transaction speak to the database.',
      {
        path: '^(apps|libs)/',
        pathNot: [
          '[.](repository|service|queue|module|source|factory|command|job|handler|controller)[.]ts$',
          '/main[.]ts$',
          '^libs/database/',
          '^libs/[^/]+/testing/',
          '[.]spec[.]ts$',
        ],
      },
      { path: '^libs/database/' },
    ),

    error(
      'driver-in-database',
      'The drivers of PostgreSQL have their places.',
      { path: '^(apps|libs)/', pathNot: ['^libs/(database|queue)/', '^apps/switchboard/src/.*[.]factory[.]ts$'] },
      { path: '(^|/)node_modules/(pg|@types/pg|typeorm)/' },
    ),

    error(
      'console-in-browser',
      'The console runs in browsers.',
      { path: '^apps/console/src/', pathNot: '[.]spec[.]ts$' },
      { dependencyTypes: ['core'] },
    ),

    error(
      'kit-in-console',
      'Only the console draws.',
      { path: '^(apps|libs)/', pathNot: '^apps/console/' },
      { path: '(^|/)node_modules/(react|react-dom|react-i18next|@mantine|@tanstack|@tabler)/' },
    ),

    error(
      'nothing-imports-tests',
      'Tests stand outside of what they test.',
      { path: source, pathNot: '[.]spec[.]ts$' },
      { path: '^test/|/testing/|[.]spec[.]ts$' },
    ),

    error(
      'no-orphans',
      'A file nobody needs.',
      {
        orphan: true,
        path: '^(apps|libs)/',
        pathNot: ['/main[.]ts$', '[.](command|spec)[.]ts$', '^apps/console/(public/|src/vite-env)'],
      },
      {},
    ),

    error(
      'resolvable',
      'An import that leads nowhere.',
      {},
      // What is built is there after the build only, and what the bundler makes is never there.
      { couldNotResolve: true, pathNot: ['/dist/', '[?]sharedworker&url$', '^virtual:'] },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['source', 'import', 'require', 'node', 'default', 'types'],
    },
  },
};
