import { useState } from 'react';
import { Button, Input, View } from '@tarojs/components';
import type { RecordView } from '../../../server/http/contract/records';
import { useFault } from '../../api/use-fault';
import type { Words } from '../../i18n/words';
import { createRecord } from './records-api';

type Props = {
  readonly words: Words['records'];
  readonly cancel: () => void;
  readonly created: (record: RecordView) => void;
};

/** A small form for a new record. */
export function NewRecord({ words, cancel, created }: Props) {
  const [title, setTitle] = useState('');
  const [place, setPlace] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const tell = useFault();
  const save = (): void => {
    if (title.trim() === '') return;
    setBusy(true);
    createRecord({ title: title.trim(), place: place.trim() })
      .then(created, (error: unknown) => setProblem(tell(error)))
      .finally(() => setBusy(false));
  };
  return (
    <View className="card form">
      <Input
        id="record-new-title"
        className="field"
        aria-label={words.name}
        placeholder={words.name}
        maxlength={60}
        value={title}
        onInput={(event) => setTitle(event.detail.value)}
      />
      <Input
        className="field"
        aria-label={words.place}
        placeholder={words.place}
        maxlength={60}
        value={place}
        onInput={(event) => setPlace(event.detail.value)}
      />
      {problem ? <View className="problem">{problem}</View> : null}
      <View className="form-actions">
        <Button className="button-quiet" onClick={cancel}>
          {words.cancel}
        </Button>
        <Button id="record-save" className="button" loading={busy} onClick={save}>
          {words.save}
        </Button>
      </View>
    </View>
  );
}
