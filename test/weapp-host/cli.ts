import { takeOrders } from './hand';
import { createHost } from './host';
import { serveProtocol } from './protocol/serve';

/**
 * `auto --project FOLDER --auto-port PORT`, as the cli of WeChat DevTools takes it; other options of it are ignored. Ends
 * with Tool.close, or when the process that forked it ends.
 */
function option(name: string): string {
  const at = process.argv.indexOf(`--${name}`);
  const value = at === -1 ? undefined : process.argv[at + 1];
  if (value === undefined) throw new Error(`usage: cli auto --project FOLDER --auto-port PORT (no --${name} given)`);
  return value;
}

async function main(): Promise<void> {
  if (process.argv[2] !== 'auto') throw new Error(`this cli only knows “auto”, not “${process.argv[2] ?? ''}”`);
  // The answer to Tool.close goes out first.
  const host = createHost(option('project'), () => void setTimeout(() => process.exit(), 50));
  host.launch();
  takeOrders(host);
  await serveProtocol(host, Number(option('auto-port')));
  process.send?.('ready');
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 1;
  process.disconnect?.();
});
