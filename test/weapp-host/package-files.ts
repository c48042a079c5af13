import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { AppJson, PageJson } from './app-json';

/** The compiled mini-program as it lies on disk. Names are relative to its root, with `/`. */
export type PackageFiles = {
  readonly app: AppJson;
  /** Every page of the main package and of the sub-packages, in the order of app.json. */
  readonly pages: readonly string[];
  readonly list: (extension: string) => readonly string[];
  readonly has: (name: string) => boolean;
  readonly text: (name: string) => string;
  readonly json: (name: string) => PageJson;
};

function pagesOf({ pages, subPackages, subpackages }: AppJson): readonly string[] {
  const packages = [...(subPackages ?? []), ...(subpackages ?? [])];
  return [...pages, ...packages.flatMap(({ root, pages: own }) => own.map((page) => path.posix.join(root, page)))];
}

/** The folder that DevTools would compile: `miniprogramRoot` of a project, or the folder itself. */
function rootOf(projectFolder: string): string {
  const config = path.join(projectFolder, 'project.config.json');
  if (!existsSync(config)) return projectFolder;
  const { miniprogramRoot = '.' } = JSON.parse(readFileSync(config, 'utf8')) as { miniprogramRoot?: string };
  const root = path.join(projectFolder, miniprogramRoot);
  // Taro copies the project's configuration into what it builds, root and all.
  return existsSync(path.join(root, 'app.json')) ? root : projectFolder;
}

/**
 * Opens a project as DevTools is given it.
 * @throws Error when there is no app.json or a page of it has no files.
 */
export function openPackage(projectFolder: string): PackageFiles {
  const root = rootOf(path.resolve(projectFolder));
  const text = (name: string): string => {
    const file = path.join(root, name);
    if (!existsSync(file)) throw new Error(`${name} is not in ${root}`);
    return readFileSync(file, 'utf8');
  };
  const app = JSON.parse(text('app.json')) as AppJson;
  const pages = pagesOf(app);
  const all = readdirSync(root, { recursive: true, encoding: 'utf8' }).map((name) => name.replaceAll(path.sep, '/'));
  const files = new Set(all);
  for (const page of pages) {
    for (const name of [`${page}.js`, `${page}.wxml`]) {
      if (!files.has(name)) throw new Error(`app.json names the page ${page}, but ${name} does not exist`);
    }
  }
  return {
    app,
    pages,
    list: (extension) => all.filter((name) => name.endsWith(extension)).sort(),
    has: (name) => files.has(name),
    text,
    json: (name) => JSON.parse(text(name)) as PageJson,
  };
}
