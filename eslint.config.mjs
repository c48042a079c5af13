import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';
import { BOUNDARIES, clockless, envless, taroless, LOUD } from './scripts/lint/house-rules.mjs';

/** One folder's rules. Later blocks replace earlier ones, so each block carries everything that holds for its files. */
const folder = (files, boundary, syntax, ignores = []) => ({
  files,
  ignores,
  rules: {
    '@typescript-eslint/no-restricted-imports': ['error', { patterns: boundary.map(({ pattern }) => pattern) }],
    'no-restricted-syntax': ['error', ...LOUD, ...boundary.map(({ dynamic }) => dynamic), ...syntax],
  },
});

export default tseslint.config(
  { ignores: ['dist/', 'data/', 'coverage/', 'node_modules/', '.swc/'] },
  { linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'error' } },
  tseslint.configs.recommended,
  {
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/ban-ts-comment': [
        'error',
        { 'ts-expect-error': true, 'ts-ignore': true, 'ts-nocheck': true },
      ],
      '@typescript-eslint/consistent-type-imports': [
        'error',
        { fixStyle: 'inline-type-imports', disallowTypeAnnotations: false },
      ],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      eqeqeq: ['error', 'always'],
      'no-console': 'error',
      'prefer-const': 'error',
    },
  },
  {
    files: ['**/*.{ts,tsx}'],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: false }],
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
    },
  },
  folder(['domain/**/*.ts'], BOUNDARIES.domain, [...clockless('pass `nowMs` in'), ...envless, ...taroless]),
  folder(
    ['server/**/*.ts'],
    BOUNDARIES.server,
    [...clockless('use deps.clock.now(), or startStopwatch() to measure'), ...envless, ...taroless],
    ['server/main.ts', 'server/operator.ts', 'server/clock.ts'],
  ),
  folder(['server/main.ts', 'server/operator.ts'], BOUNDARIES.server, [
    ...clockless('use deps.clock.now(), or startStopwatch() to measure'),
    ...taroless,
  ]),
  folder(['server/clock.ts'], BOUNDARIES.server, [...envless, ...taroless]),
  folder(
    ['sandbox/**/*.{ts,tsx}'],
    BOUNDARIES.sandbox,
    [...clockless('ask the sandbox’s clock'), ...envless, ...taroless],
    ['sandbox/main.ts', 'sandbox/**/clock.ts'],
  ),
  folder(['sandbox/main.ts'], BOUNDARIES.sandbox, [...clockless('ask the sandbox’s clock'), ...taroless]),
  folder(['sandbox/**/clock.ts'], BOUNDARIES.sandbox, [...envless, ...taroless]),
  folder(
    ['src/**/*.{ts,tsx}'],
    BOUNDARIES.src,
    [...clockless('use src/platform/clock'), ...envless, ...taroless],
    ['src/platform/**'],
  ),
  folder(['src/platform/**/*.{ts,tsx}'], BOUNDARIES.src, clockless('use src/platform/clock'), [
    'src/platform/clock*.ts',
  ]),
  folder(['src/platform/clock*.ts'], BOUNDARIES.src, []),
  folder(['test/**/*.{ts,tsx}', 'scripts/**/*.{ts,mjs}', 'config/**/*.ts'], [], []),
  { files: ['src/**/*.{ts,tsx}'], plugins: { 'react-hooks': reactHooks }, rules: reactHooks.configs.recommended.rules },
  { files: ['scripts/**', 'test/bench/**', 'sandbox/main.ts', 'server/main.ts'], rules: { 'no-console': 'off' } },
  { files: ['**/*.cjs', '**/*.js'], rules: { '@typescript-eslint/no-require-imports': 'off' } },
);
