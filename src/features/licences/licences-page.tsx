import { useEffect, useState } from 'react';
import { Button, Text, View } from '@tarojs/components';
import type { AdminLicences } from '../../../server/http/contract/admin';
import { useFault } from '../../api/use-fault';
import { useResource } from '../../api/use-resource';
import { useGateModel } from '../../gate/gate-context';
import { useServerNow } from '../../gate/use-server-now';
import { wordsOf } from '../../i18n/words-of';
import { goToAnchor } from '../../platform/anchor-link';
import { LoadFailed } from '../../ui/load-failed';
import { NoticeBlock } from '../../ui/notice-block';
import { PageHead } from '../../ui/page-head';
import { SHIELD } from '../../ui/pictures';
import { useToast } from '../../ui/use-toast';
import { Dates } from './dates';
import { Endings } from './endings';
import { Figures } from './figures';
import { findLicences, refreshLicences } from './licences-api';
import { ageText } from './licence-dates';
import { licenceWordsOf } from './licence-words';
import { LicencesSkeleton } from './licences-skeleton';
import { Purchase } from './purchase';
import { RequestList } from './request-list';
import { SeatList } from './seat-list';
import { TodoList } from './todo-list';
import { findTodos } from './todos';

type Props = { readonly data: AdminLicences; readonly replace: (data: AdminLicences) => void };

function Licences({ data, replace }: Props) {
  const { lang } = useGateModel().state;
  const words = licenceWordsOf(lang);
  const nowIso = useServerNow();
  const [busy, setBusy] = useState(false);
  const [toast, say] = useToast();
  const tell = useFault();
  useEffect(goToAnchor, []);
  const follow = (answer: Promise<AdminLicences>): void => {
    setBusy(true);
    answer.then(replace, (error: unknown) => say(tell(error) ?? '')).finally(() => setBusy(false));
  };
  const changed = (): void => follow(findLicences());
  return (
    <View id="licences" className="licences">
      <PageHead title={words.title} />
      <View className="columns">
        <View className="column">
          <Figures data={data} words={words} />
          <TodoList todos={findTodos({ data, nowIso, lang, words })} words={words} />
          <RequestList {...{ data, words, say, changed }} />
          <Endings {...{ data, nowIso, words }} />
          <Dates {...{ data, nowIso, lang, words, say, changed }} />
        </View>
        <View className="column">
          <SeatList seats={data.seats} {...{ nowIso, lang, words }} />
          <Purchase {...{ data, nowIso, lang, words }} />
        </View>
      </View>
      <View className="data-age">
        <Text>{words.updated(ageText(data.checkedAt, nowIso, words))}</Text>
        <Button id="licences-refresh" className="link" loading={busy} onClick={() => follow(refreshLicences())}>
          {words.refresh}
        </Button>
      </View>
      {toast}
    </View>
  );
}

/** Numbers, then what needs doing, then the seats: for administrators of their own corp only. */
export function LicencesPage() {
  const { state } = useGateModel();
  const { resource, reload, replace } = useResource(findLicences);
  const words = wordsOf(state.lang);
  const { title } = licenceWordsOf(state.lang);
  if (resource.status === 'loading') return <LicencesSkeleton title={title} />;
  if (resource.status === 'ready') return <Licences data={resource.data} replace={replace} />;
  return (
    <>
      <PageHead title={title} />
      {resource.code === 'auth.forbidden' ? (
        <NoticeBlock drawing={SHIELD} title={words.forbidden} />
      ) : (
        <LoadFailed words={words} message={resource.message} retry={reload} />
      )}
    </>
  );
}
