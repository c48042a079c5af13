/** `CONTACT_PLUGIN=1` at build: names through WeCom's contact plugin, which has to be added in the console first. */
declare const BUILD_CONTACT_PLUGIN: boolean;

export default defineAppConfig({
  pages: ['pages/records/index', 'pages/record/index'],
  // Administrators only: it travels when it is first opened.
  subPackages: [{ root: 'pages/admin', pages: ['index'] }],
  window: {
    navigationBarTitleText: '点检记录',
    navigationBarTextStyle: '@barText',
    navigationBarBackgroundColor: '@bar',
    backgroundColor: '@page',
    backgroundTextStyle: '@pull',
  },
  darkmode: true,
  themeLocation: 'theme.json',
  animation: false,
  ...(BUILD_CONTACT_PLUGIN && {
    plugins: { contactPlugin: { version: '2.1.0', provider: 'wx5917c8c26f85c588' } },
  }),
});
