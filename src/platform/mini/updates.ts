import { getUpdateManager, showModal } from '@tarojs/taro';
import { clientLanguage, miniWordsOf } from './words';

/** A new version is downloaded behind the running one; once it is there, the person may change to it. */
export function offerUpdates(): void {
  const manager = getUpdateManager();
  manager.onUpdateReady(() => {
    const { sentence, title } = miniWordsOf(clientLanguage()).updateReady;
    void showModal({ title, content: sentence }).then(({ confirm }) => {
      if (confirm) manager.applyUpdate();
    });
  });
}
