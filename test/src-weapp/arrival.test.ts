import { packagePath, readArrival, type Opening } from '../../src/platform/mini/arrival';

const RECORD = 'pages/record/index';
const LIST = 'pages/records/index';

test.each<[string, Opening, string]>([
  ['the workbench', { path: LIST, scene: 1119 }, '/records?from=workbench'],
  ['a card that says so', { path: RECORD, query: { id: 'r7', from: 'card' }, scene: 1121 }, '/record?id=r7&from=card'],
  ['a forwarded card', { path: RECORD, query: { id: 'r7' }, scene: 1007 }, '/record?id=r7&from=share'],
  ['a mini-program code', { path: RECORD, query: { scene: 'r%3Dr7%26f%3Dqr' }, scene: 1047 }, '/record?id=r7&from=qr'],
  ['a code that names no entry', { path: RECORD, query: { scene: 'r=r7' } }, '/record?id=r7&from=qr'],
  [
    'a plain link’s code',
    { path: RECORD, query: { q: 'https%3A%2F%2Fgate.example%2Frecord%3Fid%3Dr7%26from%3Dqr' }, scene: 1011 },
    '/record?id=r7&from=qr',
  ],
  ['a plain link without entry', { path: LIST, query: { q: 'https://gate.example/records' } }, '/records?from=qr'],
  [
    'a plain link to no page of ours',
    { path: RECORD, query: { q: 'https://gate.example/api/x?id=r7' } },
    '/record?id=r7&from=qr',
  ],
  ['a code on the app’s first page', { path: LIST, query: { scene: 'r%3Dr7' } }, '/record?id=r7&from=qr'],
  ['a record page without a record', { path: RECORD, scene: 1001 }, '/records'],
  ['an unknown scene', { path: LIST, scene: 9999 }, '/records'],
  ['an unknown page', { path: 'pages/elsewhere/index', query: { x: '1' } }, '/records?x=1'],
  ['nothing at all', {}, '/records'],
])('%s is an address of ours', (_name, opening, page) => {
  expect(readArrival(opening).page).toBe(page);
});

test('the corp of a custom app’s home path is no part of the address', () => {
  const arrival = readArrival({ path: LIST, query: { corp: 'wpCorp', from: 'workbench' } });
  expect(arrival).toEqual({ page: '/records?from=workbench', corpId: 'wpCorp' });
  expect(readArrival({ path: LIST }).corpId).toBeNull();
});

test.each([
  ['%', '%25'],
  ['a&from=workbench', 'a%26from%3Dworkbench'],
  ['<script>', '%3Cscript%3E'],
])('hostile text in a record’s id (%s) stays the id', (id, encoded) => {
  expect(readArrival({ path: RECORD, query: { id: encodeURIComponent(id) } }).page).toBe(`/record?id=${encoded}`);
});

test.each([
  ['/record?id=r7&from=share', '/pages/record/index?id=r7&from=share'],
  ['/records', '/pages/records/index'],
  ['/admin#buy', '/pages/admin/index?at=buy'],
  ['/admin?from=card#orders', '/pages/admin/index?from=card&at=orders'],
  ['/install', null],
  ['https://elsewhere.example/records', null],
  ['', null],
])('%s inside the package is %s', (address, path) => expect(packagePath(address)).toBe(path));
