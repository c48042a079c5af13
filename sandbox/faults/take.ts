import { CALL_ONLY, type CallbackFault, type Fault, type PlainMail } from '../state/types';
import type { World } from '../world';
import { happens } from './dice';
import { isPage } from './pages';

/** The first ordered fault that strikes this call or page; counts it down. */
export function takeFault(world: World, path: string, corpId: string | null): Fault | null {
  const { faults } = world.state;
  const isMeant = ({ kind }: Fault) => !isPage(path) || !CALL_ONLY.includes(kind);
  return strike(world, faults, (fault) => isMeant(fault) && covers(fault.endpoint, path) && concerns(fault, corpId));
}

/** The first ordered fault that strikes this callback; counts it down. */
export function takeCallbackFault(world: World, mail: PlainMail): CallbackFault | null {
  const fits = (fault: CallbackFault) => fault.callback === '*' || fault.callback === mail.type;
  return strike(world, world.state.callbackFaults, (fault) => fits(fault) && concerns(fault, mail.corpId));
}

type Limited = { share: number; times: number | null };

function strike<T extends Limited>(world: World, faults: T[], fits: (fault: T) => boolean): T | null {
  const fault = faults.find((one) => fits(one) && happens(world, one.share));
  if (!fault) return null;
  if (fault.times !== null) {
    fault.times -= 1;
    if (fault.times <= 0) faults.splice(faults.indexOf(fault), 1);
  }
  return fault;
}

/** `*` ends a prefix, alone it means every API call (pages are named by their paths). */
function covers(endpoint: string, path: string): boolean {
  if (endpoint === '*') return path.startsWith('/cgi-bin/');
  return endpoint.endsWith('*') ? path.startsWith(endpoint.slice(0, -1)) : path === endpoint;
}

function concerns(fault: { corpId: string | null }, corpId: string | null): boolean {
  return fault.corpId === null || fault.corpId === corpId;
}
