/** Who may import whom. The picture is in docs/architecture.md. */
const packagesOfContracts = '^node_modules/(zod|edtf|canonicalize|jsonc-parser)/';

/** Which libs each lib may import: the arrows of the picture. */
const layers = {
  contracts: [],
  platform: [],
  domain: ['contracts'],
  keys: ['contracts', 'journal', 'platform'],
  journal: ['contracts', 'platform'],
  broker: ['journal', 'platform'],
  published: ['contracts', 'journal', 'platform'],
  producers: ['contracts', 'domain', 'broker', 'journal', 'keys', 'platform', 'published'],
  projection: ['contracts', 'journal', 'platform'],
  chronology: ['contracts', 'projection', 'platform'],
  timeline: ['contracts', 'chronology', 'journal', 'projection', 'platform', 'published'],
  setup: ['contracts', 'broker', 'journal', 'keys', 'projection', 'platform'],
};

const keepsItsLayer = ([lib, may]) => ({
  name: `${lib}-keeps-its-layer`,
  severity: 'error',
  from: { path: `^libs/${lib}/`, pathNot: 'spec\\.ts$' },
  to: { path: '^libs/', pathNot: [lib, ...may].map((one) => `^libs/${one}/`) },
});

module.exports = {
  forbidden: [
    ...Object.entries(layers).map(keepsItsLayer),
    {
      name: 'every-lib-has-its-layer',
      severity: 'error',
      from: { path: '^libs/', pathNot: Object.keys(layers).map((lib) => `^libs/${lib}/`) },
      to: {},
    },
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'contracts-import-nobody',
      comment: 'The language that everything speaks knows of nothing else.',
      severity: 'error',
      from: { path: '^libs/contracts/', pathNot: 'spec\\.ts$' },
      to: { pathNot: ['^libs/contracts/', packagesOfContracts] },
    },
    {
      name: 'domain-is-pure',
      severity: 'error',
      from: { path: '^libs/domain/', pathNot: 'spec\\.ts$' },
      to: { pathNot: ['^libs/domain/', '^libs/contracts/'] },
    },
    {
      name: 'rows-and-explain-are-pure',
      comment: 'What views are made of, and what money is counted by, comes from the events alone.',
      severity: 'error',
      from: { path: '^libs/chronology/src/.*/(rows|explain|promise|draw)[^/]*\\.ts$', pathNot: 'spec\\.ts$' },
      to: { pathNot: ['^libs/chronology/src/[^/]+/(rows|explain|promise|draw)[^/]*\\.ts$', '^libs/contracts/'] },
    },
    {
      name: 'apps-are-imported-by-nobody',
      severity: 'error',
      from: { path: '^(apps)/([^/]+)/' },
      to: { path: '^apps/', pathNot: '^apps/$2/' },
    },
    { name: 'libs-import-no-app', severity: 'error', from: { path: '^libs/' }, to: { path: '^(apps|test|tools)/' } },
    { name: 'nothing-unresolved', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(spec\\.ts$)|(^dist/)' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['development', 'import', 'require', 'node', 'default', 'types'],
    },
  },
};
