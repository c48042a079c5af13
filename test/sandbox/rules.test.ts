import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { textOfErrcode } from '../../sandbox/http/wire-error';
import { GENERAL_ERRCODES, LICENCE_ERRCODES } from '../wire/description/errcodes';
import { findEndpoint, UNDESCRIBED, WIRE } from '../wire/description/wire';
import { errcodesOf } from '../wire/judge';
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

describe('errcodes', () => {
  const reference = [...GENERAL_ERRCODES, ...LICENCE_ERRCODES].map(([errcode]) => errcode);
  const [played = '', never = ''] = rules.split('### Errcodes that never come');
  const errcodesIn = (text: string) =>
    [...text.matchAll(/(?<![\d_.-])(-1|\d{5,6})(?![\d_])/g)].map(([one]) => Number(one));
  const firstCells = (part: string) => part.split('\n').map((line) => line.split('|')[1] ?? '');

  /** What the code of the sandbox names outside comments and the table of words. */
  const given = () => {
    const isCode = (name: string) => name.endsWith('.ts') && !/workbench|wire-error/.test(name);
    const sources = readdirSync(SANDBOX, { recursive: true, encoding: 'utf8' }).filter(isCode);
    const code = sources.map((name) => readFileSync(join(SANDBOX, name), 'utf8').replace(/\/\*[^]*?\*\/|\/\/ .*/g, ''));
    const named = new Set(errcodesIn(code.join('\n')));
    return reference.filter((errcode) => errcode !== -1 && named.has(errcode));
  };

  test('every one that the sandbox gives is named by itself, not within a range', () => {
    const named = new Set(errcodesIn(played));
    expect(given().length).toBeGreaterThan(90);
    expect(given().filter((errcode) => !named.has(errcode))).toEqual([]);
    expect(rules).not.toMatch(/\b(4|5|6|7|8|30)\d{4,5} (to|–|-) \d{5,6}/);
  });

  test('every one that the sandbox gives has its words', () => {
    expect(given().filter((errcode) => textOfErrcode(errcode) === textOfErrcode(0))).toEqual([]);
  });

  test('every other one of the reference is listed as never coming, and no more', () => {
    const giving = new Set(given());
    const listed = firstCells(never).flatMap(errcodesIn);
    expect(listed.sort()).toEqual(reference.filter((errcode) => !giving.has(errcode)).sort());
  });

  test('a call plays none that it cannot answer', () => {
    const rows = [...played.matchAll(/^\| `(?:GET|POST) (\/cgi-bin\/\S+)`.*\|(.*)\|$/gm)];
    const wrong = rows.flatMap(([, path = '', plays = '']) => {
      const endpoint = findEndpoint(path);
      const [ofCall = ''] = plays.split(/per (?:item|corp)|in it/);
      const able = new Set(endpoint ? errcodesOf(endpoint) : errcodesIn(ofCall));
      return errcodesIn(ofCall).flatMap((errcode) => (able.has(errcode) ? [] : `${path} ${errcode}`));
    });
    expect(rows.length).toBeGreaterThan(50);
    expect(wrong).toEqual([]);
  });
});

test('every order and question of the control API is in the README', () => {
  const ours = mounted.map((route) => /^(?:GET|POST) \/sandbox\/(.*)$/.exec(route)?.[1]).filter((path) => path);
  expect(ours.filter((path) => !readme.includes(String(path)))).toEqual([]);
});
