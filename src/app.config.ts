export default defineAppConfig({
  pages: ['pages/records/index', 'pages/record/index', 'pages/admin/index'],
  window: {
    navigationBarTitleText: '点检记录',
    navigationBarTextStyle: 'black',
    navigationBarBackgroundColor: '#FFFFFF',
    backgroundTextStyle: 'light',
  },
  animation: false,
});
