import type { ActionId } from '../../domain/actions';
import type { Press } from './gate-actions';

/** What a press on the gate's screens does. None of it changes the markup, so the server draws with `NO_CONTROLS`. */
export type GateControls = {
  readonly press: Press;
  readonly busy: ActionId | null;
  readonly problem: string | null;
  readonly closeBanner: (() => void) | undefined;
};

/** For markup without scripts: forms and links do everything. */
export const NO_CONTROLS: GateControls = {
  press: () => undefined,
  busy: null,
  problem: null,
  closeBanner: undefined,
};
