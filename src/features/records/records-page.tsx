import { useEffect, useState } from 'react';
import { Button, View } from '@tarojs/components';
import { useResource } from '../../api/use-resource';
import { useGateModel } from '../../gate/gate-context';
import { openPath } from '../../platform/navigate';
import { markAddressShared } from '../../platform/share';
import { LoadFailed } from '../../ui/load-failed';
import { NoticeBlock } from '../../ui/notice-block';
import { PageHead } from '../../ui/page-head';
import { EMPTY_BOARD } from '../../ui/pictures';
import { useWords } from '../../ui/use-words';
import { NewRecord } from './new-record';
import { RecordRow } from './record-row';
import { findRecords } from './records-api';
import { RecordsSkeleton } from './records-skeleton';

/** The corp's inspection records; a visitor without a corp is told where they are. */
export function RecordsPage() {
  const words = useWords();
  const { person, appName } = useGateModel().state;
  if (!person?.isOutsider) return <MembersRecords />;
  return (
    <View id="records-outsider">
      <PageHead title={appName} />
      <NoticeBlock drawing={EMPTY_BOARD} title={words.open.title} sentence={words.records.outsiderList} />
    </View>
  );
}

function MembersRecords() {
  const words = useWords();
  const { state } = useGateModel();
  const { resource, reload } = useResource(findRecords);
  const [adding, setAdding] = useState(false);
  useEffect(markAddressShared, []);
  if (resource.status === 'loading') return <RecordsSkeleton appName={state.appName} />;
  if (resource.status === 'failed') {
    return (
      <>
        <PageHead title={state.appName} />
        <LoadFailed words={words} message={resource.message} retry={reload} />
      </>
    );
  }
  const { items } = resource.data;
  return (
    <>
      <PageHead title={state.appName}>
        {adding ? null : (
          <Button id="record-add" className="button-small" onClick={() => setAdding(true)}>
            {words.records.add}
          </Button>
        )}
      </PageHead>
      {adding ? (
        <NewRecord
          words={words.records}
          cancel={() => setAdding(false)}
          created={({ id }) => openPath(`/record?id=${encodeURIComponent(id)}`)}
        />
      ) : null}
      {items.length === 0 ? (
        <NoticeBlock drawing={EMPTY_BOARD} title={words.records.empty} sentence={words.records.emptyHint} />
      ) : (
        <View id="records" className="card list" role="list" aria-label={words.records.list}>
          {items.map((record) => (
            <RecordRow key={record.id} record={record} words={words.records} />
          ))}
        </View>
      )}
    </>
  );
}
