import { useState } from 'react';
import { Button, Textarea, View } from '@tarojs/components';
import type { RecordView } from '../../../server/http/contract/records';
import type { Words } from '../../i18n/words';

type Props = {
  readonly record: RecordView;
  readonly words: Words['records'];
  readonly busy: boolean;
  readonly save: (update: Pick<RecordView, 'status' | 'note'>) => void;
};

/** What was seen on site, and the state it is in. */
export function RecordNote({ record, words, busy, save }: Props) {
  const [note, setNote] = useState(record.note);
  const other = record.status === 'ok' ? 'todo' : 'ok';
  return (
    <View className="card form">
      <View className="card-title" role="heading" aria-level={2}>
        {words.note}
      </View>
      <Textarea
        id="record-note"
        className="field field-tall"
        aria-label={words.note}
        placeholder={words.noteHint}
        maxlength={500}
        value={note}
        onInput={(event) => setNote(event.detail.value)}
      />
      <View className="form-actions">
        <Button id="record-mark" className="button-quiet" loading={busy} onClick={() => save({ status: other, note })}>
          {other === 'ok' ? words.markOk : words.markTodo}
        </Button>
        <Button
          id="record-save"
          className="button-small"
          loading={busy}
          onClick={() => save({ status: record.status, note })}
        >
          {words.save}
        </Button>
      </View>
    </View>
  );
}
