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
});
