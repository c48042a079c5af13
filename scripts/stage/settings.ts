import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { CUSTOM_SUITE, serverEnvFor, THIRD_PARTY_SUITE } from '../../sandbox/credentials';

/** Where everything of one stage (demo or dev) listens and keeps its data. */
export type Stage = {
  readonly folder: string;
  readonly appOrigin: string;
  readonly customOrigin: string;
  readonly sandboxOrigin: string;
  readonly phoneOrigin: string;
  readonly ports: Readonly<Record<'app' | 'custom' | 'sandbox' | 'phone', number>>;
};

const local = (port: number): string => `http://127.0.0.1:${port}`;

function readPort(name: 'PORT' | 'SANDBOX_PORT', fallback: number): number {
  const port = Number(process.env[name] ?? fallback);
  if (!Number.isInteger(port) || port < 1 || port > 65_534)
    throw new Error(`${name} is not a port: ${process.env[name]}`);
  return port;
}

/** PORT (8100) and the one after it for the two servers, SANDBOX_PORT (9100) and the one after it for the sandbox. */
export function readStage(folder: string): Stage {
  const app = readPort('PORT', 8100);
  const sandbox = readPort('SANDBOX_PORT', 9100);
  const ports = { app, custom: app + 1, sandbox, phone: sandbox + 1 };
  if (new Set(Object.values(ports)).size < 4)
    throw new Error('PORT and SANDBOX_PORT each take two ports; these overlap');
  return {
    folder,
    appOrigin: local(ports.app),
    customOrigin: local(ports.custom),
    sandboxOrigin: local(ports.sandbox),
    phoneOrigin: local(ports.phone),
    ports,
  };
}

/** Secrets of this stage, made once and kept beside its data, so that a restart can still open what it sealed. */
function ensureSecrets(folder: string): Record<'SESSION_SECRET' | 'DATA_KEY', string> {
  const file = path.join(folder, 'secrets.json');
  if (!existsSync(file)) {
    const random = () => randomBytes(32).toString('base64');
    mkdirSync(folder, { recursive: true });
    writeFileSync(file, JSON.stringify({ SESSION_SECRET: random(), DATA_KEY: random() }, null, 2), { mode: 0o600 });
  }
  return JSON.parse(readFileSync(file, 'utf8')) as Record<'SESSION_SECRET' | 'DATA_KEY', string>;
}

/** The environment of the sandbox: its ports, whom it calls back, and where it keeps its state. */
export function sandboxEnv(stage: Stage): Record<string, string> {
  return {
    SANDBOX_PORT: String(stage.ports.sandbox),
    APP_URL: stage.appOrigin,
    CUSTOM_APP_URL: stage.customOrigin,
    SANDBOX_DATA: path.resolve(stage.folder, 'sandbox.json'),
  };
}

/** The environment of the third-party app's server, or of the custom app's. */
export function serverEnv(stage: Stage, app: 'app' | 'custom'): Record<string, string> {
  const suite = app === 'app' ? THIRD_PARTY_SUITE : CUSTOM_SUITE;
  return {
    ...ensureSecrets(stage.folder),
    ...serverEnvFor(suite.suiteId, { sandboxOrigin: stage.sandboxOrigin }),
    PORT: String(stage.ports[app]),
    PUBLIC_URL: app === 'app' ? stage.appOrigin : stage.customOrigin,
    DATABASE_URL: path.resolve(stage.folder, app),
  };
}
