import type { Deps } from '../../deps';
import { text, type Text } from '../text';
import { callbackAddresses, publicUrl, trustedDomain } from './check-addresses';
import { clockSkew, diskSpace, keyStrength, miniProgram, nodeVersion } from './check-machine';
import { migrations, notifications, storeClock, storeReachable, storeWritable } from './check-store';
import { appLicence, loginTicket, preAuthCode, providerToken, suiteTicket, suiteToken } from './check-wecom';
import { describeFault, fail, skip, type Check, type Finding, type Patient } from './check';

export type Checked = Finding & { readonly id: string; readonly title: Text; readonly tried: string };

/** In the order in which one rests on another. */
export const CHECKS: readonly Check[] = [
  nodeVersion,
  keyStrength,
  diskSpace,
  storeReachable,
  migrations,
  storeWritable,
  notifications,
  storeClock,
  clockSkew,
  publicUrl,
  ...callbackAddresses,
  suiteTicket,
  loginTicket,
  suiteToken,
  providerToken,
  preAuthCode,
  appLicence,
  miniProgram,
  trustedDomain,
];

/** No check takes longer by itself; this is for what hangs. */
const WITHIN_MS = 15_000;

/** Makes every check, one after the other. `storeFault`: why there are no Deps. */
export async function examine(patient: Patient, storeFault: unknown): Promise<Checked[]> {
  const done = new Map<string, Checked>();
  for (const check of CHECKS) {
    const finding = await examineOne(check, patient, storeFault, done);
    done.set(check.id, { id: check.id, title: check.title, tried: check.tried(patient), ...finding });
  }
  return [...done.values()];
}

async function examineOne(
  check: Check,
  patient: Patient,
  storeFault: unknown,
  done: ReadonlyMap<string, Checked>,
): Promise<Finding> {
  const lacking = (check.needs ?? []).find((id) => isMissing(done.get(id)));
  if (lacking !== undefined) return skip(text(`先解决「${lacking}」`, `first see to “${lacking}”`));
  if (check.id === storeReachable.id && storeFault !== null) return describeFault(storeFault, check.cure);
  try {
    // Checks that use the store name it among their needs, and do not come here without one.
    return await within(check.run({ ...patient, deps: patient.deps as Deps }));
  } catch (error) {
    return describeFault(error, check.cure);
  }
}

function isMissing(needed: Checked | undefined): boolean {
  return needed?.result === 'fail' || needed?.result === 'skip';
}

async function within(work: Promise<Finding>): Promise<Finding> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Finding>((resolve) => {
    const seconds = WITHIN_MS / 1000;
    timer = setTimeout(() => resolve(fail(text(`${seconds} 秒没有结果`, `nothing within ${seconds} s`))), WITHIN_MS);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
