import { useState } from 'react';
import { Button, View } from '@tarojs/components';
import type { AdminLicences } from '../../../server/http/contract/admin';
import { useFault } from '../../api/use-fault';
import { shortTime } from '../../gate/local-time';
import { MemberName } from '../../platform/member-name';
import { assignSeat } from './licences-api';
import type { LicenceWords } from './licence-words';
import { Section } from './section';

type Props = {
  readonly data: AdminLicences;
  readonly words: LicenceWords;
  readonly say: (text: string) => void;
  readonly changed: () => void;
};

/** Members who asked for a seat, each with one thing to do about it. */
export function RequestList({ data, words, say, changed }: Props) {
  const [busy, setBusy] = useState<string | null>(null);
  const tell = useFault();
  const assign = (userId: string): void => {
    setBusy(userId);
    assignSeat(userId)
      .then(
        ({ message, state }) => {
          if (state !== 'running') say(message ?? words.assigned);
          changed();
        },
        (error: unknown) => say(tell(error) ?? ''),
      )
      .finally(() => setBusy(null));
  };
  return (
    <Section id="requests" title={words.requests} note={data.free > 0 ? `${words.free} ${data.free}` : words.noFree}>
      {data.requests.length === 0 ? <View className="small">{words.noRequests}</View> : null}
      {data.requests.map(({ id, userId, tag, askedAt }) => (
        <View className="row" key={id} id={`request-${id}`}>
          <View className="row-text">
            <View className="row-title">
              <MemberName userId={userId} fallback={words.member(tag)} />
            </View>
            <View className="row-note">{words.askedAt(shortTime(askedAt))}</View>
          </View>
          {data.free > 0 ? (
            <Button className="button-small" loading={busy === userId} onClick={() => assign(userId)}>
              {words.assign}
            </Button>
          ) : null}
        </View>
      ))}
    </Section>
  );
}
