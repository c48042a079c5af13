/**
 * The house's own lint rules: who may import whom, who may read the clock, the environment and the build target. Every
 * message says what to do instead.
 */

/** A ban on a kind of import, static and dynamic. `regex` is matched against the import as written. */
const ban = (regex, message, allowTypeImports = false) => ({
  pattern: { regex, message, allowTypeImports },
  dynamic: { selector: `ImportExpression > Literal[value=/${regex.replaceAll('/', '\\/')}/]`, message },
});

/** Relative imports that leave for one of these top-level folders. */
const into = (...folders) => `^\\.{1,2}/(?:.*/)?(?:${folders.join('|')})(?:/|$)`;

const NOTHING_FROM_TESTS = ban(
  into('test', 'scripts'),
  'Programs do not import tests or scripts: move what both need into the program.',
);

export const BOUNDARIES = {
  domain: [
    ban(
      into('server', 'src', 'sandbox', 'test', 'scripts', 'config'),
      'domain/ imports only itself: take what you need as an argument, or move the rule into domain/.',
    ),
    ban(
      '^(?!\\.{1,2}(?:/|$)|dayjs(?:/|$))',
      'domain/ is pure and imports no package but dayjs: take the value as an argument.',
    ),
  ],
  server: [
    ban(into('src'), 'server/ takes only types from src/: use `import type`, or move the value into domain/.', true),
    ban(
      into('sandbox'),
      'server/ knows WeCom only over HTTP: point WECOM_*_ORIGIN at the sandbox instead of importing it.',
    ),
    NOTHING_FROM_TESTS,
  ],
  sandbox: [
    ban(
      into('domain', 'server', 'src'),
      'sandbox/ is the independent judge: write its own reading of WeCom’s rules in sandbox/ instead of importing ours.',
    ),
    NOTHING_FROM_TESTS,
  ],
  src: [
    ban(into('server'), 'src/ takes only types from server/: use `import type`, or move the value into domain/.', true),
    ban(into('sandbox'), 'src/ talks to the server only: what the sandbox does reaches it over HTTP.'),
    ban('^node:', 'src/ runs in a web view: use what the platform gives, or do it in server/.'),
    NOTHING_FROM_TESTS,
  ],
};

const say = (message) => (selector) => ({ selector, message });

/** No clock but the clock. */
export const clockless = (instead) =>
  [
    "MemberExpression[object.name='Date'][property.name='now']",
    "NewExpression[callee.name='Date'][arguments.length=0]",
    "CallExpression[callee.name='Date']",
    "MemberExpression[object.name='performance'][property.name='now']",
    "MemberExpression[object.name='process'][property.name='hrtime']",
  ].map(say(`No clock is read here: ${instead}.`));

/** No environment but the composition root's. */
export const envless = [
  "MemberExpression[object.name='process'][property.name='env']",
  "VariableDeclarator[init.name='process'] Property[key.name='env']",
  'ImportDeclaration[source.value=/^(node:)?process$/]',
].map(say('Only main.ts reads process.env: add the variable to the config and take it from there.'));

/** No build target but the platform folder's. */
export const taroless = ["Identifier[name='TARO_ENV']", 'Literal[value=/TARO_ENV/]'].map(
  say('Only src/platform/ says TARO_ENV: put the difference into a *.h5.ts / *.weapp.ts twin there and call it.'),
);

/** Nothing is swallowed, anywhere. */
export const LOUD = [
  'CatchClause > BlockStatement[body.length=0]',
  "CallExpression[callee.property.name='catch'] > ArrowFunctionExpression > BlockStatement[body.length=0]",
  "CallExpression[callee.property.name='catch'] > ArrowFunctionExpression > Identifier[name='undefined'].body",
].map(say('Nothing is swallowed: handle the error, log it, or let it pass to who can.'));
