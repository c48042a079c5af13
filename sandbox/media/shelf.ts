import { DAY_MS } from '../clock';
import { WireError } from '../http/wire-error';
import type { Media } from '../state/media-types';
import { newId, type World } from '../world';

/** "Valid for three days." */
const LIFE_MS = 3 * DAY_MS;

/** Keeps what was uploaded, and drops what has expired: an expired id and an unknown one are refused alike. */
export function keepMedia(world: World, uploaded: Pick<Media, 'ownerId' | 'type' | 'fileName' | 'size'>): Media {
  const media: Media = { mediaId: newId('media', 20), createdAtMs: world.clock.now(), ...uploaded };
  world.state.media = [...world.state.media.filter((one) => isAlive(world, one)), media];
  return media;
}

/** What a corp uploaded as that type and may still use; any of its apps may. Throws 40007. */
export function requireMedia(world: World, corpId: string, type: string, mediaId: unknown): Media {
  const media = world.state.media.find((one) => one.mediaId === mediaId && one.ownerId === corpId);
  if (!media || media.type !== type || !isAlive(world, media)) throw new WireError(40007);
  return media;
}

function isAlive(world: World, media: Media): boolean {
  return world.clock.now() < media.createdAtMs + LIFE_MS;
}
