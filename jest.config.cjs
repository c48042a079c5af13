// One project per lane; `npm test -- <lane>` runs one. A lane that finds no test fails (scripts/test.ts).

/** Packages that ship ES modules only, or ES syntax in what Jest resolves; everything else stays untransformed. */
const ES_MODULES = [
  'p-queue',
  'p-retry',
  'p-timeout',
  'is-network-error',
  '@lingui',
  '@messageformat',
  '@wecom/jssdk',
  '@tarojs',
  'lodash-es',
  'uqr',
];

const transform = {
  '^.+\\.(ts|tsx|js|jsx|mjs)$': [
    '@swc/jest',
    {
      module: { type: 'commonjs' },
      jsc: {
        target: 'es2022',
        parser: { syntax: 'typescript', tsx: true },
        transform: { react: { runtime: 'automatic' } },
      },
      sourceMaps: 'inline',
    },
  ],
};

const shared = {
  rootDir: __dirname,
  testEnvironment: 'node',
  transform,
  transformIgnorePatterns: [`/node_modules/(?!(${ES_MODULES.join('|')})/)`, '<rootDir>/dist/'],
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/data/'],
  moduleFileExtensions: ['ts', 'tsx', 'js', 'mjs', 'cjs', 'json', 'node'],
};

const lane = (displayName, folder = displayName, more = {}) => ({
  ...shared,
  displayName,
  testMatch: [`<rootDir>/test/${folder}/**/*.test.{ts,tsx}`],
  ...more,
});

/** The front end outside a browser: Taro's components are our own primitives, styles are names only. */
const jsdom = {
  testEnvironment: 'jsdom',
  // The H5 twin of a platform file, where it has one.
  moduleFileExtensions: ['h5.tsx', 'h5.ts', ...shared.moduleFileExtensions],
  testEnvironmentOptions: { url: 'https://gate.example/records', customExportConditions: ['node', 'require'] },
  moduleNameMapper: {
    '\\.(css|scss)$': 'identity-obj-proxy',
    '^@tarojs/components$': '<rootDir>/src/platform/components',
    '^@tarojs/taro$': '<rootDir>/test/src/taro',
  },
};

/** The same source with the mini-program's twin of every platform file, and a phone that is a stand-in. */
const weapp = {
  testEnvironment: 'jsdom',
  testEnvironmentOptions: jsdom.testEnvironmentOptions,
  globals: { BUILD_SERVER_ORIGIN: 'https://gate.example', BUILD_SUITE_ID: 'wwsuite', BUILD_CONTACT_PLUGIN: false },
  moduleNameMapper: {
    '\\.(css|scss)$': 'identity-obj-proxy',
    '^@tarojs/components$': '<rootDir>/test/src-weapp/components',
    '^@tarojs/taro$': '<rootDir>/test/src-weapp/taro',
  },
};

module.exports = {
  rootDir: __dirname,
  // Jest reads it here only, not per project.
  testTimeout: 60_000,
  projects: [
    lane('domain'),
    lane('server'),
    lane('http'),
    lane('store'),
    lane('histories'),
    lane('sandbox'),
    lane('wire'),
    lane('src', 'src', jsdom),
    lane('src-weapp', 'src-weapp', weapp),
    lane('house'),
    lane('e2e'),
    lane('weapp'),
  ],
};
