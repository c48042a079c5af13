import { setTimeout as pause } from 'node:timers/promises';
import type { Program } from './program';

const POLL_MS = 100;
const PATIENCE_MS = 60_000;

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(2000) });
    return response.ok;
  } catch (error) {
    if (error instanceof TypeError || (error as Error).name === 'TimeoutError') return false; // nobody listens yet
    throw error;
  }
}

async function poll(program: Program, url: string): Promise<void> {
  for (let waited = 0; waited < PATIENCE_MS; waited += POLL_MS) {
    if (await answers(url)) return;
    await pause(POLL_MS);
  }
  throw new Error(`${program.name} is not ready after a minute (${url}); its log: ${program.logFile}`);
}

/** Waits until a program answers with success; throws with the end of its log when it ends instead. */
export async function untilReady(program: Program, url: string): Promise<void> {
  const fellOver = program.ended.then((code) => {
    throw new Error(`${program.name} ended with ${code} while starting:\n${program.lastLines()}`);
  });
  await Promise.race([poll(program, url), fellOver]);
}
