// Used by Taro's build only; tests go through @swc/jest and the server through esbuild.
module.exports = {
  presets: [
    [
      'taro',
      {
        framework: 'react',
        ts: true,
        compiler: 'webpack5',
        // WeCom's own web views are old, but all of them run classes, async functions and spread.
        targets: { chrome: '78', ios: '13', android: '78' },
        useBuiltIns: false,
        hot: false,
      },
    ],
  ],
};
