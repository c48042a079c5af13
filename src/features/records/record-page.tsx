import { useCallback, useEffect, useState } from 'react';
import { Button, View } from '@tarojs/components';
import type { RecordView } from '../../../server/http/contract/records';
import { useFault } from '../../api/use-fault';
import { useResource } from '../../api/use-resource';
import { useGate } from '../../gate/gate-context';
import { useServerNow } from '../../gate/use-server-now';
import { setTitle } from '../../platform/host';
import { OwnLink } from '../../platform/own-link';
import { markAddressShared, offerShare, shareNow, type Share } from '../../platform/share';
import { LoadFailed } from '../../ui/load-failed';
import { PageHead } from '../../ui/page-head';
import { useToast } from '../../ui/use-toast';
import { useWords } from '../../ui/use-words';
import { RecordCode } from './record-code';
import { RecordLabel } from './record-label';
import { RecordNote } from './record-note';
import { RecordSkeleton } from './record-skeleton';
import { recordTime } from './record-time';
import { findRecord, updateRecord, type RecordAnswer } from './records-api';
import { StatusPill } from './status-pill';

const shareOf = (record: RecordView): Share => ({ title: record.title, desc: record.place, link: record.links.share });

type Props = { readonly record: RecordView; readonly replace: (record: RecordAnswer) => void };

function FullRecord({ record, replace }: Props) {
  const words = useWords();
  const now = useServerNow();
  const [busy, setBusy] = useState(false);
  const [toast, show] = useToast();
  const tell = useFault();
  const save = (update: Pick<RecordView, 'status' | 'note'>): void => {
    setBusy(true);
    updateRecord(record.id, update)
      .then(
        (saved) => {
          replace(saved);
          show(words.records.saved);
        },
        (error: unknown) => show(tell(error) ?? ''),
      )
      .finally(() => setBusy(false));
  };
  const forward = async (): Promise<void> => {
    const done = await shareNow(shareOf(record));
    if (done === 'copied') show(words.records.linkCopied);
    if (done === 'failed') show(words.failed.again);
  };
  useEffect(() => {
    setTitle(record.title);
    void offerShare(shareOf(record));
  }, [record]);
  return (
    <View id="record">
      <PageHead
        title={record.title}
        note={[record.place, recordTime(record.checkedAt, now, words.records)].filter(Boolean).join(' · ')}
      >
        <StatusPill status={record.status} words={words.records} />
      </PageHead>
      <RecordNote record={record} words={words.records} busy={busy} save={save} />
      <RecordCode record={record} words={words.records} />
      <View className="page-foot">
        <Button id="record-forward" className="button" openType="share" onClick={() => void forward()}>
          {words.records.forward}
        </Button>
        <OwnLink className="button-quiet" href="/records">
          {words.records.all}
        </OwnLink>
      </View>
      {toast}
    </View>
  );
}

/** One record by its own address. Another corp's is the gate's clear refusal. */
export function RecordPage({ id }: { readonly id: string }) {
  const words = useWords();
  const { store } = useGate();
  const load = useCallback(() => findRecord(id), [id]);
  const { resource, reload, replace } = useResource(load);
  useEffect(markAddressShared, []);
  const lost = resource.status === 'failed' && resource.code === 'request.not_found';
  useEffect(() => {
    if (lost) store.update({ state: { ...store.get().state, screen: 'not_found' } });
  }, [lost, store]);
  if (resource.status === 'loading' || lost) return <RecordSkeleton />;
  if (resource.status === 'failed') {
    return (
      <>
        <PageHead title={store.get().state.appName} />
        <LoadFailed words={words} message={resource.message} retry={reload} />
      </>
    );
  }
  const { data } = resource;
  return 'links' in data ? (
    <FullRecord record={data} replace={replace} />
  ) : (
    <RecordLabel label={data} words={words.records} />
  );
}
