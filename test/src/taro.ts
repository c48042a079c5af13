/** The part of Taro's API that the front end uses on H5, for jsdom: where a navigation went can be read back. */
export const visited: string[] = [];

export function navigateTo({ url }: { url: string }): Promise<void> {
  visited.push(url);
  return Promise.resolve();
}

export const redirectTo = navigateTo;
export const navigateBack = (): Promise<void> => Promise.resolve();
export const getCurrentPages = (): unknown[] => [];
export const useRouter = () => ({ params: {} });
