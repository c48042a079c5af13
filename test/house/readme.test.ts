import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** README says what is true: commands, variables, files and routes it names exist, and none of them is left out. */
const read = (file: string): string => readFileSync(path.resolve(file), 'utf8');
const README = read('README.md');
const SCRIPTS = (JSON.parse(read('package.json')) as { scripts: Record<string, string> }).scripts;

const namesIn = (text: string, pattern: RegExp): string[] => [
  ...new Set([...text.matchAll(pattern)].map((match) => match[1] ?? '')),
];

test.each(['README.md', 'README.en.md'])('every npm command in %s exists', (file) => {
  const named = namesIn(read(file), /(?:`|^|&& )npm (?:run )?([a-z][a-z:-]*)/gm).filter((name) => name !== 'install');
  expect(named.length).toBeGreaterThan(1);
  expect(named.filter((name) => !(name in SCRIPTS))).toEqual([]);
});

test.each(['README.md', 'README.en.md', 'docs/architecture.md'])('every file that %s links to exists', (file) => {
  const links = namesIn(read(file), /\]\((?!https?:)([^)#]+)/g);
  expect(links.length).toBeGreaterThan(0);
  expect(links.filter((link) => !existsSync(path.resolve(path.dirname(file), link)))).toEqual([]);
});

test('the systemd unit starts what npm start starts', () => {
  const unit = /^ExecStart=(.*)$/m.exec(read('docs/runbooks/going-to-production.md'))?.[1];
  expect(unit).toBe(`/usr/bin/${SCRIPTS.start ?? ''}`);
});

test('the runbook says how many connections an instance takes: its pool’s, and one that listens', () => {
  const pool = /^const CONNECTIONS = (\d+);$/m.exec(read('server/store/postgres.ts'))?.[1];
  expect(read('docs/runbooks/going-to-production.md')).toContain(`每个实例最多用 ${Number(pool) + 1} 个连接`);
});

test('the configuration table names every variable the server reads, and no other', () => {
  const table = README.slice(README.indexOf('## 配置'), README.indexOf('## 还没有的'));
  const described = namesIn(table, /`([A-Z][A-Z_]{3,})`/g);
  const source = read('server/config.ts');
  const plain = namesIn(source, /read\.\w+\(\s*'([A-Z_]+)'/g).filter((name) => !name.startsWith('WECOM_CALLBACK'));
  const keys = namesIn(source, /callbackKeys\('([A-Z_]+)'/g).flatMap((prefix) => [
    `${prefix}_TOKEN`,
    `${prefix}_AES_KEY`,
  ]);
  expect(plain.length + keys.length).toBeGreaterThan(20);
  expect([...described].sort()).toEqual([...plain, ...keys].sort());
});
