import { useEffect, useRef, useState } from 'react';
import { watchName } from './open-data';

type Props = { readonly userId: string; readonly fallback: string };

/**
 * A member by a neutral word, or by name where WeCom draws it: a third-party app may not read names (page 91958). Until
 * WeCom has drawn one the component is empty and takes no room.
 */
export function MemberName({ userId, fallback }: Props) {
  const place = useRef<HTMLElement>(null);
  const [drawn, setDrawn] = useState(false);
  useEffect(() => (place.current === null ? undefined : watchName(place.current, setDrawn)), [userId]);
  return (
    <>
      <ww-open-data ref={place} type="userName" openid={userId} />
      {drawn ? null : <span>{fallback}</span>}
    </>
  );
}
