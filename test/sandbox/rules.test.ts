import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { UNDESCRIBED, WIRE } from '../wire/description/wire';
import { startRig } from './rig/sandbox-rig';

const SANDBOX = join(__dirname, '../../sandbox');
const rules = readFileSync(join(SANDBOX, 'RULES.md'), 'utf8');
const readme = readFileSync(join(SANDBOX, 'README.md'), 'utf8');

let mounted: string[];
beforeAll(async () => {
  const rig = await startRig();
  mounted = ((await rig.fetchJson('/sandbox/routes')).body as { routes: string[] }).routes;
  await rig.close();
});

const listed = () => [...rules.matchAll(/^\| `((?:GET|POST) \/[^`]+)`/gm)].map((match) => match[1]);
const isOurs = (route: string) => / \/(sandbox\/.*|workbench\/.*|)$/.test(route);

test('every endpoint of WeCom’s that is mounted is listed with page and confidence, and no other', () => {
  const wire = mounted.filter((route) => !isOurs(route));
  expect(wire.length).toBeGreaterThan(60);
  expect([...listed()].sort()).toEqual([...wire].sort());
  const rows = rules.split('\n').filter((line) => /^\| `(GET|POST) /.test(line));
  expect(rows.filter((row) => !/\| (high|good|low|none) /.test(row))).toEqual([]);
});

test('every call that the wire describes is mounted, with its method', () => {
  const described = WIRE.filter(({ name }) => !(UNDESCRIBED as readonly string[]).includes(name));
  expect(described.map(({ method, path }) => `${method} ${path}`).filter((route) => !mounted.includes(route))).toEqual(
    [],
  );
});

test('every errcode that a rule of the sandbox gives is named', () => {
  const sources = readdirSync(SANDBOX, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  const text = sources.map((name) => readFileSync(join(SANDBOX, name), 'utf8')).join('\n');
  const given = new Set([...text.matchAll(/new WireError\((\d+)/g)].map((match) => Number(match[1])));
  const ranges = [...rules.matchAll(/(\d{6}) to (\d{6})/g)].map(
    (match) => [Number(match[1]), Number(match[2])] as const,
  );
  const isNamed = (errcode: number) =>
    rules.includes(String(errcode)) || ranges.some(([from, to]) => errcode >= from && errcode <= to);
  expect(given.size).toBeGreaterThan(60);
  expect([...given].filter((errcode) => !isNamed(errcode))).toEqual([]);
});

test('every order and question of the control API is in the README', () => {
  const ours = mounted.map((route) => /^(?:GET|POST) \/sandbox\/(.*)$/.exec(route)?.[1]).filter((path) => path);
  expect(ours.filter((path) => !readme.includes(String(path)))).toEqual([]);
});
