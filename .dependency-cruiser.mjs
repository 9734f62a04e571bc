// Which part may know which: domain <- contract <- sdk <- portal; domain, contract <- server.
const TESTS = '\\.test\\.tsx?$|^[^/]+/tests/';
const npm = (...names) => `(^|/)node_modules/(${names.join('|')})/`;

/** @type {import('dependency-cruiser').IForbiddenRuleType[]} */
const folders = [
  {
    name: 'domain-stands-alone',
    comment: 'Pure rules: no I/O, no clock, nothing from outside their folder.',
    severity: 'error',
    from: { path: '^domain/', pathNot: TESTS },
    to: { pathNot: '^domain/' },
  },
  {
    name: 'contract-knows-domain-and-zod',
    severity: 'error',
    from: { path: '^contract/', pathNot: TESTS },
    to: { pathNot: ['^(contract|domain)/', npm('zod')] },
  },
  {
    name: 'sdk-knows-contract-and-domain',
    comment: 'It runs in browsers too, but for what Node.js and Bun do by modules of their own, and the command line.',
    severity: 'error',
    from: {
      path: '^sdk/',
      pathNot: [TESTS, '^sdk/cli/', '^sdk/(file-cache|crypto/node-crypto|lease/machine-id)\\.ts$'],
    },
    to: { pathNot: ['^(sdk|contract|domain)/', npm('zod')] },
  },
  {
    name: 'portal-knows-sdk-contract-and-domain',
    severity: 'error',
    from: { path: '^portal/', pathNot: TESTS },
    to: { path: '^(server|e2e|bench|proof|tools|examples)/' },
  },
  {
    name: 'server-knows-contract-and-domain',
    severity: 'error',
    from: { path: '^server/', pathNot: TESTS },
    to: { path: '^(sdk|portal|e2e|bench|proof|tools|examples)/' },
  },
  {
    name: 'examples-know-the-sdk-alone',
    severity: 'error',
    from: { path: '^examples/', pathNot: TESTS },
    to: { path: '^(domain|contract|server|portal|e2e|bench|proof|tools)/' },
  },
];

/** @type {import('dependency-cruiser').IForbiddenRuleType[]} */
const layers = [
  {
    name: 'platform-knows-no-feature',
    severity: 'error',
    from: { path: '^server/(platform|db|projection)/', pathNot: TESTS },
    to: { path: '^server/features/' },
  },
  {
    name: 'routes-ask-services',
    severity: 'error',
    from: { path: '\\.routes\\.ts$' },
    to: { path: '\\.queries\\.ts$' },
  },
  {
    name: 'services-know-no-routes',
    severity: 'error',
    from: { path: '\\.(service|policy|jobs)\\.ts$' },
    to: { path: '\\.routes\\.ts$' },
  },
  {
    name: 'queries-ask-the-database-alone',
    severity: 'error',
    from: { path: '\\.queries\\.ts$' },
    to: { path: '\\.(routes|service|policy|jobs)\\.ts$', dependencyTypesNot: ['type-only'] },
  },
  {
    name: 'features-meet-at-their-services',
    comment: 'Of another feature: what it does (its service), and who may do it (its policy).',
    severity: 'error',
    from: { path: '^server/features/([^/]+)/', pathNot: TESTS },
    to: { path: '^server/features/', pathNot: ['^server/features/$1/', '\\.(service|policy)\\.ts$'] },
  },
  {
    name: 'sql-in-queries',
    severity: 'error',
    from: { path: '^server/', pathNot: ['\\.queries\\.ts$', '^server/(db|platform)/', TESTS] },
    to: { path: npm('kysely', 'pg', '@types/pg') },
  },
  {
    name: 'http-in-routes',
    severity: 'error',
    from: {
      path: '^server/',
      pathNot: ['\\.routes\\.ts$', '^server/platform/http', '^server/(app|main|server)\\.ts$', TESTS],
    },
    to: { path: npm('hono', '@hono/[^/]+') },
  },
];

/** @type {import('dependency-cruiser').IForbiddenRuleType[]} */
const everywhere = [
  {
    name: 'no-cycles',
    comment: 'Types count as well: what two files need of each other has a file of its own.',
    severity: 'error',
    from: {},
    to: { circular: true },
  },
  {
    name: 'no-barrels',
    severity: 'error',
    from: { pathNot: 'node_modules' },
    to: { path: '^(?!node_modules/).*(^|/)index\\.tsx?$', pathNot: '^sdk/index\\.ts$' },
  },
  {
    name: 'tests-are-not-imported',
    severity: 'error',
    from: { path: '^(domain|contract|sdk|server|portal)/', pathNot: TESTS },
    to: { path: TESTS },
  },
  {
    name: 'everything-resolves',
    severity: 'error',
    from: {},
    to: { couldNotResolve: true },
  },
  {
    name: 'what-runs-is-a-dependency',
    comment: 'Packages for development are not there where the server runs.',
    severity: 'error',
    from: { path: '^(domain|contract|sdk|server)/', pathNot: TESTS },
    to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
  },
];

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [...folders, ...layers, ...everywhere],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^portal/dist/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default'] },
  },
};
