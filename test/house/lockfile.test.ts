import { readFileSync } from 'node:fs';

type Locked = {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
};

const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as { packages: Record<string, Locked> };
const FOLDER = 'node_modules/';

/** Whether something installed where `from` stands would find `name`: in its own folder, or in one further out. */
function isFound(from: string, name: string): boolean {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf(`/${FOLDER}`)))) {
    if (`${folder === '' ? '' : `${folder}/`}${FOLDER}${name}` in lock.packages) return true;
    if (folder === '') return false;
  }
}

// npm leaves out of the lockfile what is for another system, where its registry does not have it; then npm ci refuses.
test('every package that another one needs is locked, also those for systems other than this one', () => {
  const missing = Object.entries(lock.packages).flatMap(([from, { dependencies, optionalDependencies }]) =>
    Object.keys({ ...dependencies, ...optionalDependencies }).filter((name) => !isFound(from, name)),
  );
  expect(missing).toEqual([]);
});
