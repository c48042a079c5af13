import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buildDeps } from '../../server/build-deps';
import { parseConfig } from '../../server/config';
import { sealPermanentCode } from '../../server/corps/open-corp';
import type { Deps } from '../../server/deps';
import { licenceWorkEnds } from '../../server/licences/process-memory';
import type { Visitor } from '../../server/licences/gate';
import { createLog } from '../../server/log';
import { createMetrics } from '../../server/metrics';
import { saveInstalledCorp } from '../../server/store/corps';
import { openStore } from '../../server/store/store';
import { settableClock, testEnv, type SettableClock } from './app';
import { CORP, startLicenceWecom, type LicenceScript } from './licence-wecom';
import type { ScriptedWecom } from './scripted-wecom';

/** 2026-11-21 10:00 in Shanghai. */
export const NOW_MS = Date.parse('2026-11-21T10:00:00+08:00');
export const DAY_MS = 86_400_000;

/** What a visit asks for, unless said otherwise. A busy machine is not to be taken for a silent WeCom. */
export const base = { capability: 'base', deadlineMs: 20_000 } as const;

export type LicenceRig = {
  readonly clock: SettableClock;
  readonly script: LicenceScript;
  readonly wecom: ScriptedWecom;
  /** Two instances of the server on one store, as two machines would be. */
  readonly deps: Deps;
  readonly other: Deps;
  /** How often a licence call was made, by its name on the wire. */
  readonly asked: (name: string) => number;
  readonly stop: () => Promise<void>;
};

/** A corp whose trial is over, with the app installed and nothing bought. */
function emptyScript(): LicenceScript {
  const endsAt = NOW_MS / 1000 - 86_400;
  return {
    licence: { license_status: 1, trail_info: { start_time: endsAt - 90 * 86_400, end_time: endsAt } },
    auto: { errcode: 701071 },
    seats: {},
    orders: [],
    codes: {},
    admins: [],
    activate: () => ({ errcode: 701021 }),
    faults: {},
  };
}

export async function startLicenceRig(
  over: Partial<LicenceScript> = {},
  env: Record<string, string> = {},
): Promise<LicenceRig> {
  const folder = await mkdtemp(path.join(tmpdir(), 'gate-licences-'));
  const script = { ...emptyScript(), ...over };
  const wecom = await startLicenceWecom(script);
  const clock = settableClock(NOW_MS);
  const dataKey = randomBytes(32).toString('base64');
  const config = parseConfig(
    testEnv({ DATABASE_URL: folder, DATA_KEY: dataKey, WECOM_API_ORIGIN: wecom.origin, ...env }),
  );
  const store = await openStore(folder);
  const parts = { clock, store, log: createLog('silent'), pages: null };
  const [deps, other] = await Promise.all([
    buildDeps(config, folder, { ...parts, metrics: createMetrics() }),
    buildDeps(config, folder, { ...parts, metrics: createMetrics() }),
  ]);
  await install(deps);
  return {
    clock,
    script,
    wecom,
    deps,
    other,
    asked: (name) => wecom.count(`/cgi-bin/license/${name}`),
    stop: async () => {
      await Promise.all([licenceWorkEnds(deps), licenceWorkEnds(other)]);
      await store.close();
      await wecom.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function install(deps: Deps): Promise<void> {
  const nowMs = deps.clock.now();
  await saveInstalledCorp(deps.store.db, {
    corp_id: CORP,
    kind: 'third_party',
    status: 'installed',
    name: '云杉制造',
    agent_id: '1000001',
    permanent_code_sealed: sealPermanentCode(deps, CORP, 'permanent-code'),
    privilege_json: null,
    installer_user_id: null,
    installed_at_ms: nowMs,
    removed_at_ms: null,
    event_at_ms: nowMs,
    checked_at_ms: nowMs,
    source: 'api',
    // Read a moment ago: who administers is not what these tests are about.
    admins_checked_at_ms: nowMs,
  });
}

/** A member's visit. */
export function visitor(userId: string, over: Partial<Visitor> = {}): Visitor {
  return { kind: 'member', corpId: CORP, userId, entry: 'qr', loginNamedAgent: false, ...over };
}

/** Codes bought a day ago, nobody's yet. */
export function freeCodes(count: number): Pick<LicenceScript, 'auto' | 'orders' | 'codes'> {
  const codes = Array.from({ length: count }, (_, index) => `code-${index}`);
  return {
    auto: { auto_active_status: 1 },
    orders: [{ order_id: 'order-1', order_type: 1, order_status: 1, base: count, codes }],
    codes: Object.fromEntries(codes.map((code) => [code, { type: 1, status: 1, create_time: NOW_MS / 1000 - 86_400 }])),
  };
}

/** Binds the next free code of a script as WeCom does for active_account_by_type. */
export function bindNext(script: LicenceScript, userId: string, months = 12): object {
  const free = Object.entries(script.codes).find(([, info]) => info.status === 1);
  if (!free) return { errcode: 701021 };
  const [code, info] = free;
  const expire_time = NOW_MS / 1000 + months * 31 * 86_400;
  Object.assign(info, { status: 2, userid: userId, expire_time });
  script.seats[userId] = [{ type: info.type, active_code: code, expire_time }];
  return {};
}
