import type { DeviceState } from './device';
import type { Host } from './host';
import type { Launch } from './mini-app';
import { drawMarkup } from './markup';

/**
 * What the person holding the phone does, outside the automation protocol: it reaches the host as messages of the process
 * that started it. DevTools has no such thing; a spec for both goes without.
 */
export type Order =
  | {
      readonly do: 'open';
      readonly launch?: Partial<Launch>;
      readonly device?: Partial<DeviceState>;
      readonly fresh?: boolean;
    }
  | { readonly do: 'set'; readonly device: Partial<DeviceState> }
  | { readonly do: 'leave' }
  | { readonly do: 'return'; readonly launch?: Launch }
  | { readonly do: 'clipboard' }
  | { readonly do: 'markup' };

export type Asked = { readonly nth: number; readonly order: Order };
export type Told = { readonly nth: number; readonly value?: unknown; readonly error?: string };

function obey(host: Host, order: Order): unknown {
  switch (order.do) {
    case 'open':
      if (order.fresh) host.device.storage.clear();
      host.device.set(order.device ?? {});
      return host.launch(order.launch);
    case 'set':
      return host.device.set(order.device);
    case 'leave':
      return host.app().background();
    case 'return':
      return host.app().foreground(order.launch ?? null);
    case 'clipboard':
      return host.device.clipboard.text;
    case 'markup':
      return drawMarkup(host);
  }
}

/** Answers the orders of the process that started this one, if it can give any. */
export function takeOrders(host: Host): void {
  process.on('message', ({ nth, order }: Asked) => {
    const tell = (told: Omit<Told, 'nth'>): void => void process.send?.({ nth, ...told } satisfies Told);
    try {
      tell({ value: obey(host, order) ?? null });
    } catch (error) {
      tell({ error: error instanceof Error ? error.message : String(error) });
    }
  });
  // Whoever holds the phone has gone: nobody will end this process otherwise.
  process.on('disconnect', () => process.exit());
}
