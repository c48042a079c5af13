import type { DeviceState } from '../device';
import { SCREEN } from '../screen';
import type { Apis, WxGiven } from './create-wx';
import { createNews } from './news';

/** Screen, theme, text size, language and network. */
export function deviceApis({ files, device, realm: { copy }, app }: WxGiven): Apis {
  const theme = createNews('ThemeChange');
  const network = createNews('NetworkStatusChange');
  const rest = ['WindowResize', 'MemoryWarning', 'KeyboardHeightChange', 'UserCaptureScreen'].map(createNews);
  const follows = files.app.darkmode === true;

  const baseInfo = ({ client, fontSizeSetting, language, theme: now }: DeviceState) => ({
    SDKVersion: '3.7.0',
    version: '8.0.50',
    language,
    fontSizeSetting,
    enableDebug: false,
    host: { env: client === 'wecom' ? 'WXWORK' : 'WeChat', appId: '' },
    ...(client === 'wecom' && { environment: 'wxwork' }),
    // As in the client: only a package that follows the theme is told it.
    ...(follows && { theme: now }),
  });
  const deviceInfo = { brand: 'devtools', model: 'headless', system: 'iOS 17.0', platform: 'ios', benchmarkLevel: 1 };
  const networkOf = ({ network: now }: DeviceState) => ({ networkType: now, isConnected: now !== 'none' });

  device.watch((now, before) => {
    if (follows && now.theme !== before.theme) {
      theme.tell(copy({ theme: now.theme }));
      app('onThemeChange', copy({ theme: now.theme }));
    }
    if (now.network !== before.network) network.tell(copy(networkOf(now)));
  });

  return {
    plain: {
      ...theme.apis,
      ...network.apis,
      ...Object.assign({}, ...rest.map(({ apis }) => apis)),
      getAppBaseInfo: () => copy(baseInfo(device.get())),
      getDeviceInfo: () => copy(deviceInfo),
      getWindowInfo: () => copy(SCREEN),
      getSystemSetting: () => copy({ deviceOrientation: 'portrait' }),
      getAppAuthorizeSetting: () => copy({}),
      getSystemInfoSync: () => copy({ ...deviceInfo, ...SCREEN, ...baseInfo(device.get()) }),
      getMenuButtonBoundingClientRect: () =>
        copy({ width: 87, height: 32, top: 48, right: 368, bottom: 80, left: 281 }),
    },
    async: {
      getSystemInfo: () => ({ ...deviceInfo, ...SCREEN, ...baseInfo(device.get()) }),
      getNetworkType: () => networkOf(device.get()),
      vibrateShort: () => undefined,
    },
    end: () => [theme, network, ...rest].forEach(({ clear }) => clear()),
  };
}
