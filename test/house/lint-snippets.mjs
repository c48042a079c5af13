// Reads [{ file, code }] from standard input, writes the messages ESLint has for each. In a process of its own, because
// ESLint loads its configuration as an ES module, which Jest's sandbox does not.
import { text } from 'node:stream/consumers';
import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';

const snippets = JSON.parse(await text(process.stdin));
const eslint = new ESLint({ overrideConfig: [tseslint.configs.disableTypeChecked] });
const lint = async ({ file, code }) => {
  const results = await eslint.lintText(code, { filePath: file });
  return results.flatMap(({ messages }) => messages.map(({ message }) => message));
};
process.stdout.write(JSON.stringify(await Promise.all(snippets.map(lint))));
