import { useRouter } from '@tarojs/taro';
import { readArrival } from './mini/arrival';
import { readQuery } from './mini/query';

/** The record this page is about: by name, by a mini-program code's `scene` or by a plain link's `q`. */
export function useRecordId(): string {
  const { page } = readArrival({ path: 'pages/record/index', query: useRouter().params });
  return readQuery(page.split('?')[1] ?? '')['id'] ?? '';
}
