/** Which folder may import which: app → events → quota → billing → auth → foundation, and no way back. */
const FOUNDATION =
  'audit|database|embedded|http|idempotency|jobs|loading|metrics|money|problems|time|tracing';
const FEATURES = 'billing|quota|events|sandbox|pages|app|config';

/** The floors inside a module, lowest first: a file imports from its own floor and from those below. */
const FLOORS = {
  auth: ['options', 'identity', 'credentials', 'access', 'api'],
  billing: ['options', 'catalog', 'ledger', 'settlement', 'sales'],
  quota: ['balances', 'engine', 'debits', 'entitlements', 'api'],
};

const floorRules = Object.entries(FLOORS).flatMap(([module, floors]) =>
  floors.slice(0, -1).map((floor, index) => ({
    name: `${module}-${floor}-imports-no-higher-floor`,
    comment: `src/${module}: ${floors.join(' → ')}, types and entities included.`,
    severity: 'error',
    from: { path: `^src/${module}/${floor}/`, pathNot: '[.]spec[.]ts$' },
    to: { path: `^src/${module}/((${floors.slice(index + 1).join('|')})/|[^/]+$)` },
  })),
);

module.exports = {
  forbidden: [
    ...floorRules,
    {
      name: 'no-folder-cycles',
      comment: 'Two folders that need each other are one part, or miss a third.',
      severity: 'error',
      scope: 'folder',
      from: { path: '^src/' },
      to: { circular: true },
    },
    {
      name: 'billing-documents-are-read-only-views',
      comment: 'Receipts and fapiao read the books; nothing in the books knows them.',
      severity: 'error',
      from: { path: '^src/billing/(options|catalog|ledger|settlement|sales)/' },
      to: { path: '^src/billing/(documents|privacy)/' },
    },
    {
      name: 'no-cycles',
      comment: 'Two files that need each other are one thing, or miss a third.',
      severity: 'error',
      // Entities name each other in both directions of a relation, which is one thing in the database too.
      from: { pathNot: '[.]entity[.]ts$' },
      to: { circular: true },
    },
    {
      name: 'foundation-imports-no-feature',
      comment: 'What everybody imports imports nobody; who is calling (auth) is all that it may ask.',
      severity: 'error',
      from: { path: `^src/(${FOUNDATION})/` },
      to: { path: `^src/(${FEATURES}|providers)/` },
    },
    {
      name: 'only-idempotency-knows-callers',
      severity: 'error',
      from: { path: `^src/(${FOUNDATION.replace('idempotency|', '')})/` },
      to: { path: '^src/auth/' },
    },
    {
      name: 'auth-imports-no-feature',
      severity: 'error',
      from: { path: '^src/auth/' },
      to: { path: `^src/(${FEATURES}|providers)/` },
    },
    {
      name: 'providers-stand-alone',
      comment: 'A provider speaks to its channel and to nobody here: no tables, no accounts.',
      severity: 'error',
      from: { path: '^src/providers/', pathNot: '\\.spec\\.ts$' },
      to: { path: `^src/(${FEATURES}|auth|audit|database|idempotency|metrics)/|^node_modules/typeorm/` },
    },
    {
      name: 'billing-imports-no-quota',
      severity: 'error',
      from: { path: '^src/billing/' },
      to: { path: '^src/(quota|events|sandbox|app|config|commercial)/' },
    },
    {
      name: 'quota-stays-below-the-app',
      severity: 'error',
      from: { path: '^src/quota/' },
      to: { path: '^src/(events|sandbox|app|config)/' },
    },
    {
      name: 'events-stay-below-the-app',
      comment: 'Who makes something happen knows nobody who wants to hear of it.',
      severity: 'error',
      from: { path: '^src/events/' },
      to: { path: '^src/(sandbox|app|config|providers)/' },
    },
    {
      name: 'quota-knows-no-channel',
      severity: 'error',
      from: { path: '^src/quota/' },
      to: { path: '^src/providers/' },
    },
    {
      name: 'sandbox-knows-no-feature',
      comment: 'It stands at the other end of the wire: what it shares with the features it would hide.',
      severity: 'error',
      from: { path: '^src/sandbox/' },
      to: { path: '^src/(auth|billing|quota|events|app|config|database|idempotency|audit)/' },
    },
    {
      name: 'package-reads-no-environment',
      comment:
        'What a host imports is configured by options; config/, app/ and main.ts are the stand-alone app.',
      severity: 'error',
      from: { path: '^src/(index|commercial)', pathNot: '\\.spec\\.ts$' },
      to: { path: '^src/(config|app|sandbox|embedded)/', reachable: true },
    },
    {
      name: 'no-orphans',
      severity: 'error',
      from: { orphan: true, pathNot: ['\\.d\\.ts$', '\\.spec\\.ts$'] },
      to: {},
    },
    {
      name: 'not-to-dev-dependencies',
      severity: 'error',
      from: { path: '^src/', pathNot: '\\.spec\\.ts$' },
      to: {
        dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'],
        dependencyTypesNot: ['npm-peer', 'type-only'],
      },
    },
    {
      name: 'cli-stays-in-the-package',
      comment:
        'The command `commercial` is published with the package, which has no stand-alone app and no server.',
      severity: 'error',
      from: { path: '^src/cli/' },
      to: { path: '^src/(app|embedded|sandbox)/', reachable: true },
    },
    {
      name: 'nobody-imports-the-cli',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/cli/' },
      to: { path: '^src/cli/' },
    },
    { name: 'not-to-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '[.]spec[.]ts$|^test/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
