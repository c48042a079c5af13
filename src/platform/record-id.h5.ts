import { useRouter } from '@tarojs/taro';

/** The record this page is about. */
export function useRecordId(): string {
  return decodeURIComponent(useRouter().params['id'] ?? '');
}
