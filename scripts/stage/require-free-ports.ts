import { createServer } from 'node:net';
import type { Stage } from './settings';

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}

/** Throws with what to do when somebody already listens on one of the stage's ports. */
export async function requireFreePorts({ ports }: Stage): Promise<void> {
  const checked = await Promise.all(Object.values(ports).map(async (port) => ({ port, free: await isFree(port) })));
  const taken = checked.filter(({ free }) => !free).map(({ port }) => port);
  if (taken.length === 0) return;
  throw new Error(
    `端口已被占用 / port in use: ${taken.join(', ')}\n` +
      'Stop the program that listens there (perhaps another demo), or move this one: PORT=8200 SANDBOX_PORT=9200 npm run demo',
  );
}
