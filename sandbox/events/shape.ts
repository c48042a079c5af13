import { z } from 'zod';
import type { CallbackChannel } from '../state/types';

/** One event as callbacks.md shows it. */
export type EventShape = {
  readonly channel: CallbackChannel;
  /** Its elements in WeCom's order; what was not said and is not known of itself is left out. */
  readonly elements: readonly string[];
  /** What has to be said of it, by WeCom's names; corp, app and time follow from where it goes. */
  readonly said: z.ZodType<Record<string, unknown>>;
};

export type Said = Readonly<Record<string, z.ZodType>>;

export function shape(channel: CallbackChannel, elements: string, said: Said = {}): EventShape {
  return { channel, elements: elements.split(' '), said: z.strictObject(said) };
}

/** Goes into CDATA. */
export const text = z.string();
/** Stays plain. */
export const integer = z.number().int();
