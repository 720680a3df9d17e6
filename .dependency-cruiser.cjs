/** The storeys of ARCHITECTURE.md, held by a tool. Each comment says what to do instead. */

/** A wing may import only what is named here (besides itself and packages). */
const wings = {
  'foundation/base': [],
  'foundation/model': ['foundation/base'],
  'foundation/formats': ['foundation/base', 'foundation/model'],
  'foundation/io': ['foundation/base', 'foundation/model'],
  registry: ['foundation'],
  dockerfile: ['foundation'],
  image: ['foundation', 'registry', 'dockerfile/lint'],
  advisories: ['foundation', 'registry'],
  remedy: ['foundation', 'advisories/versions', 'dockerfile/syntax'],
  gate: ['foundation', 'registry'],
  evidence: ['foundation'],
  engine: ['foundation', 'registry', 'dockerfile', 'image', 'advisories', 'remedy', 'gate', 'evidence', 'protocol/model-guards'],
  protocol: ['foundation/base', 'foundation/model'],
  server: ['foundation', 'engine', 'protocol'],
  cli: ['foundation', 'engine', 'evidence', 'server', 'image/sources/source', 'advisories/store/store'],
  extension: ['foundation', 'protocol'],
};

/** Sets whose members must not know each other. */
const sets = [
  'src/dockerfile/lint/rules',
  'src/image/inventory/analyzers/os',
  'src/image/inventory/analyzers/language',
  'src/image/content/detectors',
  'src/advisories/versions/schemes',
  'src/advisories/feeds/readers',
  'src/advisories/matching/families',
  'src/gate/providers',
  'src/evidence/report/renderers',
  'src/remedy/upgrades',
];

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      severity: 'error',
      comment: 'Move what both need into a module of its own below them.',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    ...Object.entries(wings).map(([wing, allowed]) => ({
      name: `${wing.replaceAll('/', '-')}-goes-down-only`,
      severity: 'error',
      comment: `src/${wing} may import ${allowed.length === 0 ? 'nothing of ours' : allowed.map((name) => `src/${name}`).join(', ')}. Put what it needs further down, or let the engine join the two.`,
      from: { path: `^src/${wing}/` },
      to: { path: '^(src|webview|test|scripts)/', pathNot: `^src/(${[wing, ...allowed].join('|')})(/|\\.)` },
    })),
    ...sets.map((set) => ({
      name: `siblings-${set.split('/').slice(1).join('-')}`,
      severity: 'error',
      comment: 'Members of a set never import each other: share through a module beside the set.',
      from: { path: `^${set}/([^/]+)\\.ts$`, pathNot: '\\.data\\.ts$' },
      to: { path: `^${set}/`, pathNot: `^${set}/$1(\\.data)?\\.ts$` },
    })),
    {
      name: 'vscode-in-extension-only',
      severity: 'error',
      comment: 'The engine, server and CLI run without VS Code: speak to it through src/protocol.',
      from: { pathNot: '^(src/extension|test/(workbench|desktop))/' },
      to: { path: '^vscode$' },
    },
    {
      name: 'one-door-to-the-world',
      severity: 'error',
      comment: 'Files, sockets, processes and threads are reached through src/foundation/io.',
      from: { path: '^src/', pathNot: '^src/(foundation/io|cli|server|extension)/' },
      to: { dependencyTypes: ['core'], path: '^(node:)?(fs|fs/promises|http|https|http2|net|tls|dgram|dns|child_process|worker_threads|cluster)$' },
    },
    {
      name: 'webview-knows-the-protocol-only',
      severity: 'error',
      comment: 'The page gets plain data: put shared types into src/protocol or src/foundation/model.',
      from: { path: '^webview/' },
      to: { path: '^src/', pathNot: '^src/(protocol|foundation/(model|base))/' },
    },
    {
      name: 'product-knows-no-tests',
      severity: 'error',
      comment: 'What ships must not depend on what tests it.',
      from: { path: '^(src|webview)/' },
      to: { path: '^(test|scripts)/' },
    },
    { name: 'resolvable', severity: 'error', comment: 'The module does not exist.', from: {}, to: { couldNotResolve: true, pathNot: '^vscode$' } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.js', '.json'],
    },
  },
};
