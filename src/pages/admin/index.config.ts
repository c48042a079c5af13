declare const BUILD_CONTACT_PLUGIN: boolean;

export default definePageConfig({
  usingWindowScroll: true,
  enableShareAppMessage: true,
  ...(BUILD_CONTACT_PLUGIN && { usingComponents: { 'ww-open-data': 'plugin://contactPlugin/ww-open-data' } }),
});
