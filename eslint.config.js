import js from '@eslint/js';
import tseslint from 'typescript-eslint';

/**
 * The pure core gets time and ids as data: a clock, a random source, the environment or a timer in there would make a
 * replay differ from the first run. Whole globals are banned, because banning `Date.now` alone lets `new Date()` by.
 */
const PURE = [
  'libs/contracts/src/**/*.ts',
  'libs/domain/src/**/*.ts',
  'libs/chronology/src/**/rows*.ts',
  'libs/chronology/src/**/explain*.ts',
  'libs/chronology/src/**/promise*.ts',
];
const TESTS = ['**/*.spec.ts', '**/*.int-spec.ts', '**/*.e2e-spec.ts', 'test/**/*.ts'];

const said = 'Pure code takes time, ids and settings as data (see docs/architecture.md).';
const impure = ['Date', 'process', 'setTimeout', 'setInterval', 'setImmediate', 'crypto', 'performance', 'fetch'];
const banned = impure.map((name) => ({ name, message: said }));

export default tseslint.config(
  { ignores: ['node_modules', 'dist', 'data', 'coverage', '**/*.cjs'] },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [...tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/require-await': 'off',
    },
  },
  {
    files: ['**/*.js'],
    languageOptions: {
      globals: { process: 'readonly', console: 'readonly', URL: 'readonly', performance: 'readonly' },
    },
  },
  {
    files: PURE,
    ignores: TESTS,
    rules: {
      'no-restricted-globals': ['error', ...banned],
      'no-restricted-properties': ['error', { object: 'Math', property: 'random', message: said }],
    },
  },
  {
    // EDTF bounds are computed with Date.UTC there, from the text alone; the clock stays out of reach.
    files: ['libs/contracts/src/edtf.ts', 'libs/contracts/src/**/edtf.ts'],
    rules: {
      'no-restricted-globals': ['error', ...banned.filter(({ name }) => name !== 'Date')],
      'no-restricted-properties': [
        'error',
        { object: 'Math', property: 'random', message: said },
        { object: 'Date', property: 'now', message: said },
      ],
    },
  },
);
