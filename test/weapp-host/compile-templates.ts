import path from 'node:path';
import type { template } from 'glass-easel';
import { TmplGroup } from 'glass-easel-template-compiler';
import { BUILT_IN_TAGS, SYNTAX_TAGS } from './tags';
import type { PackageFiles } from './package-files';

export type Templates = {
  /** By path without `.wxml`. */
  readonly of: (name: string) => template.ComponentTemplate;
  /** The attributes that this package sets on each built-in tag: what such a component has to accept. */
  readonly attributes: ReadonlyMap<string, ReadonlySet<string>>;
};

type Problem = { readonly isError: boolean; readonly message: string; readonly startLine: number };

const TAG = /<(\/?)([a-zA-Z][\w-]*)([^<>]*)>/g;
const ATTRIBUTE = /([\w:-]+)\s*=\s*(?:"[^"]*"|'[^']*')/g;
/** What every node has by itself, or what the template compiler takes. */
const NODE_ATTRIBUTE = /^(?:wx:|bind|catch|capture-|mut-bind|data-|mark:|generic:|slot$|class$|style$|id$|is$|hidden$)/;

const camel = (name: string): string => name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());

/** Built-in `<view>` becomes the component `<wx-view>`: as a plain tag it would be a node without properties. */
function renameTags(file: string, source: string, own: ReadonlySet<string>, seen: Map<string, Set<string>>): string {
  return source.replace(TAG, (whole, close: string, tag: string, rest: string) => {
    if (SYNTAX_TAGS.has(tag) || own.has(tag)) return whole;
    if (!BUILT_IN_TAGS.has(tag)) throw new Error(`${file}.wxml uses <${tag}>, which is neither its own nor known here`);
    const attributes = seen.get(tag) ?? new Set<string>();
    for (const [, name = ''] of rest.matchAll(ATTRIBUTE)) if (!NODE_ATTRIBUTE.test(name)) attributes.add(camel(name));
    seen.set(tag, attributes);
    return `<${close}wx-${tag}${rest}>`;
  });
}

/** Tags that stand for components of the package, anywhere in it: templates are shared by import. */
function ownTags(files: PackageFiles): ReadonlySet<string> {
  const configs = files.list('.json').map((name) => files.json(name));
  return new Set(configs.flatMap(({ usingComponents }) => Object.keys(usingComponents ?? {})));
}

function refuse(file: string, problems: readonly Problem[]): void {
  const errors = problems.filter(({ isError }) => isError);
  if (errors.length === 0) return;
  const lines = errors.map(({ message, startLine }) => `${file}.wxml:${startLine + 1}: ${message}`);
  throw new Error(`WXML does not compile\n${lines.join('\n')}`);
}

const withoutExtension = (name: string): string => name.replace(/\.\w+$/, '');

/**
 * Compiles every template and script of the package, as DevTools does before anything runs.
 * @throws Error naming file and line of what does not compile.
 */
export function compileTemplates(files: PackageFiles): Templates {
  const group = new TmplGroup();
  const attributes = new Map<string, Set<string>>();
  const own = ownTags(files);
  for (const name of files.list('.wxs')) group.addScript(withoutExtension(name), files.text(name));
  const templates = files.list('.wxml').map(withoutExtension);
  for (const name of templates) {
    refuse(name, group.addTmpl(name, renameTags(name, files.text(`${name}.wxml`), own, attributes)) as Problem[]);
  }
  for (const name of templates) {
    for (const needed of group.getDirectDependencies(name) as string[]) {
      if (!templates.includes(needed)) throw new Error(`${name}.wxml imports ${needed}.wxml, which does not exist`);
    }
    for (const needed of group.getScriptDependencies(name) as string[]) {
      if (!files.has(`${needed}.wxs`)) throw new Error(`${name}.wxml uses ${needed}.wxs, which does not exist`);
    }
  }
  const groupList = new Function(`return ${group.getTmplGenObjectGroups()}`)() as template.ProcGenGroupList;
  group.free();
  return {
    attributes,
    of: (name) => {
      const content = groupList[path.posix.normalize(name)];
      if (content === undefined) throw new Error(`${name}.wxml was not compiled`);
      return { groupList, content };
    },
  };
}
