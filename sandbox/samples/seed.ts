import { createCorp } from '../corps/corps';
import type { World } from '../world';
import { SAMPLE_MEMBERS, SAMPLES } from './samples';
import { createStory } from './story';

/** Lets the sample corps live through their past, silently; their installations are announced afterwards. */
export function seedSamples(world: World): void {
  const quiet: World = { ...world, send: () => undefined };
  for (const { id, corpId, name, kind, live } of SAMPLES) {
    const corp = createCorp(quiet, { name, kind, corpId, sample: id, members: SAMPLE_MEMBERS });
    live(createStory(quiet, corp));
    for (const install of corp.installs) install.announced = false;
  }
}
