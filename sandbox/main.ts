import { createSandbox } from './create-sandbox';

const DEFAULT_PORT = 9100;

/** Starts the sandbox from its environment; see README.md beside this file. */
async function main(env: Record<string, string | undefined>): Promise<void> {
  const port = readPort(env.SANDBOX_PORT);
  const sandbox = await createSandbox({
    port,
    phonePort: port + 1,
    appUrl: env.APP_URL ?? 'http://127.0.0.1:8100',
    customAppUrl: env.CUSTOM_APP_URL ?? 'http://127.0.0.1:8101',
    ...(env.SANDBOX_DATA && { dataFile: env.SANDBOX_DATA }),
  });
  process.stdout.write(`WeCom sandbox  ${sandbox.origin}\nphone          ${sandbox.phoneOrigin}\n`);
  const stop = () => void sandbox.close().then(() => process.exit(0));
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}

function readPort(text: string | undefined): number {
  const port = text === undefined ? DEFAULT_PORT : Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65534) throw new Error(`SANDBOX_PORT is not a port: ${text}`);
  return port;
}

main(process.env).catch((error: unknown) => {
  process.stderr.write(`The sandbox could not start: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
