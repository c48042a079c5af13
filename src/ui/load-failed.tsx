import { Button } from '@tarojs/components';
import type { Words } from '../i18n/words';
import { CLOUD } from './pictures';
import { NoticeBlock } from './notice-block';

type Props = { readonly words: Words; readonly message: string; readonly retry: () => void };

/** A call that failed, and the way to try it again. */
export function LoadFailed({ words, message, retry }: Props) {
  return (
    <NoticeBlock drawing={CLOUD} tone="warn" title={words.failed.title} sentence={message}>
      <Button className="button-quiet" onClick={retry}>
        {words.retry}
      </Button>
    </NoticeBlock>
  );
}
