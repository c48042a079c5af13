import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openStore } from '../../server/store/store';
import { batteryOfTests } from './battery-of-tests';

const places: string[] = [];
afterAll(() => Promise.all(places.map((place) => rm(place, { recursive: true, force: true }))));

async function makePlace(): Promise<string> {
  const place = await mkdtemp(path.join(tmpdir(), 'gate-store-'));
  places.push(place);
  return path.join(place, 'made', 'when-missing');
}

batteryOfTests('embedded store', () => ({ makePlace, open: openStore }));
