import { createNews } from './news';
import { ApiFailure, type Apis, type Options, type WxGiven } from './create-wx';

type Login = {
  success?: (result: object) => void;
  fail?: (result: object) => void;
  complete?: (result: object) => void;
};

/** WeCom's own corner of `wx`: a login code for whoever holds the phone. */
function qyOf({ device, realm: { copy } }: WxGiven): object {
  const code = async (): Promise<object> => {
    const { loginUrl, network } = device.get();
    if (loginUrl === null || network === 'none') throw new Error('network');
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(loginUrl, { method: 'POST', headers, body: '{}' });
    if (!response.ok) throw new Error(String(response.status));
    return (await response.json()) as object;
  };
  const login = ({ success, fail, complete }: Login = {}): void => {
    code().then(
      (got) => {
        const told = copy({ ...got, errMsg: 'qy.login:ok' });
        success?.(told);
        complete?.(told);
      },
      (error: unknown) => {
        const told = copy({ errMsg: `qy.login:fail ${(error as Error).message}` });
        fail?.(told);
        complete?.(told);
      },
    );
  };
  return { login, checkSession: ({ success }: Login = {}) => success?.(copy({ errMsg: 'qy.checkSession:ok' })) };
}

const withMock = (name: string) => (): never => {
  throw new ApiFailure(`this host has no ${name}: use mockWxMethod`);
};

/** The client around the mini-program: entries, messages, clipboard; what opens the client's own pages fails loudly. */
export function clientApis(given: WxGiven): Apis {
  const { device, realm, launched, entered } = given;
  const isWecom = device.get().client === 'wecom';
  const values: Record<string, object> = isWecom ? { qy: qyOf(given) } : {};
  const [shown, hidden] = [createNews('AppShow'), createNews('AppHide')];
  return {
    plain: {
      ...shown.apis,
      ...hidden.apis,
      canIUse: (name: string) => !/^(?:qy|cloud)/.test(name),
      getLaunchOptionsSync: launched,
      getEnterOptionsSync: entered,
      getAccountInfoSync: () =>
        realm.copy({ miniProgram: { appId: 'touristappid', envVersion: 'develop', version: '' } }),
      getExtConfigSync: () => realm.copy({}),
      getUpdateManager: () => ({
        onCheckForUpdate: () => undefined,
        onUpdateReady: () => undefined,
        onUpdateFailed: () => undefined,
        applyUpdate: () => undefined,
      }),
      reportEvent: () => undefined,
    },
    async: {
      setClipboardData: ({ data }: Options) => void (device.clipboard.text = String(data)),
      getClipboardData: () => ({ data: device.clipboard.text }),
      showToast: () => undefined,
      hideToast: () => undefined,
      showLoading: () => undefined,
      hideLoading: () => undefined,
      showModal: withMock('showModal'),
      showActionSheet: withMock('showActionSheet'),
      login: withMock('login'),
      scanCode: withMock('scanCode'),
      makePhoneCall: withMock('makePhoneCall'),
      openEmbeddedMiniProgram: withMock('openEmbeddedMiniProgram'),
      navigateToMiniProgram: withMock('navigateToMiniProgram'),
      saveImageToPhotosAlbum: withMock('saveImageToPhotosAlbum'),
      previewImage: withMock('previewImage'),
    },
    values,
    news: { AppShow: shown.tell, AppHide: hidden.tell },
  };
}
