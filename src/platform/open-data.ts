import { findSdk } from './ww-register';

/** What WeCom's client puts into the page once the app's identity is known (page 91958). */
type OpenData = {
  readonly bind: (element: HTMLElement) => void;
  readonly on?: (event: 'update', told: () => void) => void;
};

const updates = new Set<() => void>();
let begun: Promise<OpenData | null> | undefined;

async function begin(): Promise<OpenData | null> {
  const sdk = await findSdk();
  // Names are an extra: without them the neutral word stands, as it does outside WeCom.
  const isReady = await sdk?.initOpenData().then(
    () => true,
    () => false,
  );
  const found = isReady ? (window as { WWOpenData?: OpenData }).WWOpenData : undefined;
  found?.on?.('update', () => updates.forEach((update) => update()));
  return found ?? null;
}

/** Has WeCom draw the name into its component, and tells when there is one to see. @returns stops watching */
export function watchName(place: HTMLElement, told: (drawn: boolean) => void): () => void {
  const look = (): void => told(place.offsetWidth > 0);
  updates.add(look);
  begun ??= begin();
  void begun.then((openData) => {
    // A list that is opened later may find WeCom ready.
    if (openData === null) begun = undefined;
    openData?.bind(place);
  });
  return () => updates.delete(look);
}
