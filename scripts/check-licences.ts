import { readFileSync } from 'node:fs';

/** What may run in production beside our own code. */
const SHIPPED = [
  'MIT',
  'MIT-0',
  'ISC',
  '0BSD',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'Unlicense',
];
/** What may help to build and test. */
const TOOLS = [...SHIPPED, 'MPL-2.0', 'CC0-1.0', 'CC-BY-3.0', 'CC-BY-4.0', 'Python-2.0', 'Zlib', 'WTFPL'];
/** Packages that name their licence only in a file; each was read. */
const READ: Readonly<Record<string, string>> = {
  'node_modules/string.fromcodepoint': 'MIT',
  'node_modules/dom-walk': 'MIT',
  'node_modules/exif-parser': 'MIT',
  'node_modules/qrcode-terminal': 'Apache-2.0',
};

type Locked = { version?: string; license?: string; dev?: boolean; devOptional?: boolean; link?: boolean };

/** Whether an SPDX expression can be satisfied by the allowed licences: one side of an OR, both sides of an AND. */
function isAllowed(expression: string, allowed: readonly string[]): boolean {
  const bare = expression.replace(/^\((.*)\)$/, '$1');
  if (bare.includes(' OR ')) return bare.split(' OR ').some((side) => isAllowed(side, allowed));
  return bare.split(' AND ').every((side) => allowed.includes(side));
}

function licenceOf(folder: string, locked: Locked): string {
  const known = locked.license ?? READ[folder];
  if (known) return known;
  const manifest = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8')) as {
    license?: string | { type: string };
  };
  return typeof manifest.license === 'object' ? manifest.license.type : (manifest.license ?? 'none named');
}

/** Every installed package whose licence is not on its list, one line each. */
function findRefused(packages: Readonly<Record<string, Locked>>): string[] {
  return Object.entries(packages)
    .filter(([folder, { link }]) => folder !== '' && !link)
    .flatMap(([folder, locked]) => {
      const tool = locked.dev === true || locked.devOptional === true;
      const licence = licenceOf(folder, locked);
      if (isAllowed(licence, tool ? TOOLS : SHIPPED)) return [];
      return [
        `${folder.replace(/^.*node_modules\//, '')}@${locked.version}: ${licence} (${tool ? 'tool' : 'shipped'})`,
      ];
    });
}

function main(): void {
  const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as { packages: Record<string, Locked> };
  const refused = findRefused(lock.packages);
  for (const line of refused) console.log(line);
  process.exitCode = refused.length > 0 ? 1 : 0;
}

main();
