import { useState } from 'react';
import { Text } from '@tarojs/components';
import { useGateModel } from '../gate/gate-context';

type Props = { readonly userId: string; readonly fallback: string };

/** Whether this package was built with WeCom's contact plugin (`CONTACT_PLUGIN=1`), which has to be added in its console. */
declare const BUILD_CONTACT_PLUGIN: boolean;

/** The name as the plugin draws it; until it has, and where it cannot, the neutral word. */
function PluginName({ userId, fallback }: Props) {
  const [drawn, setDrawn] = useState(false);
  const corpId = useGateModel().state.person?.corpId ?? '';
  return (
    <>
      <ww-open-data type="userName" corpid={corpId} openid={userId} onUpdate={() => setDrawn(true)} />
      {drawn ? null : <Text>{fallback}</Text>}
    </>
  );
}

/** A member by a neutral word, or by name where WeCom draws it: a third-party app may not read names (page 91958). */
export function MemberName({ userId, fallback }: Props) {
  return BUILD_CONTACT_PLUGIN ? <PluginName userId={userId} fallback={fallback} /> : <Text>{fallback}</Text>;
}
