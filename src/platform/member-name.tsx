import { Text } from '@tarojs/components';

type Props = { readonly userId: string; readonly fallback: string };

/**
 * A member by a neutral word. A third-party app may not read names (page 91958), and ids are never shown; the client's
 * own name component can take this place without anything around it changing.
 */
export function MemberName({ fallback }: Props) {
  return <Text>{fallback}</Text>;
}
