import { defineConfig } from '@tarojs/cli';
import { MiniStyles } from './mini-styles';
import { withOwnPrimitives } from './own-primitives';

/** `H5_COMPONENTS=taro` builds the same app with Taro's stock components: what the bench compares our bytes with. */
const ownPrimitives = process.env['H5_COMPONENTS'] !== 'taro';
const outputRoot = process.env['H5_OUTPUT'] ?? `dist/${process.env['TARO_ENV'] ?? 'h5'}`;

const isWeapp = process.env['TARO_ENV'] === 'weapp';
/** H5 talks to where it came from; a mini-program has no such place, so it is built for one: the demo's, unless named. */
const defaultOrigin = isWeapp ? 'http://127.0.0.1:8100' : '';

export default defineConfig({
  projectName: 'wecom-activation-gate',
  designWidth: 375,
  deviceRatio: { 375: 2, 640: 1.17, 750: 1, 828: 0.905 },
  sourceRoot: 'src',
  outputRoot,
  framework: 'react',
  compiler: { type: 'webpack5', prebundle: { enable: false } },
  plugins: [
    '@tarojs/plugin-framework-react',
    '@tarojs/plugin-platform-h5',
    '@tarojs/plugin-platform-weapp',
    // Gives axios what a mini-program lacks; a browser has it.
    ...(isWeapp ? ['@tarojs/plugin-http'] : []),
  ],
  cache: { enable: false },
  terser: { enable: true, config: { keep_fnames: false, output: { quote_keys: false, keep_quoted_props: false } } },
  defineConstants: {
    BUILD_SERVER_ORIGIN: JSON.stringify(process.env['SERVER_ORIGIN'] ?? defaultOrigin),
    BUILD_CONTACT_PLUGIN: JSON.stringify(isWeapp && process.env['CONTACT_PLUGIN'] === '1'),
    BUILD_SUITE_ID: JSON.stringify(process.env['WEAPP_SUITE_ID'] ?? ''),
  },
  h5: {
    publicPath: '/',
    staticDirectory: 'static',
    output: { filename: 'js/[name].[contenthash:8].js', chunkFilename: 'chunk/[name].[contenthash:8].js' },
    // Also in development: a style element made by a script has no nonce.
    enableExtract: true,
    miniCssExtractPluginOption: {
      ignoreOrder: true,
      filename: 'css/[name].[contenthash:8].css',
      chunkFilename: 'css/[name].[contenthash:8].css',
    },
    router: {
      mode: 'browser',
      customRoutes: {
        // Every other address is a screen of the gate without a feature behind it: a failed login, a custom app's way in,
        // a page that does not exist.
        'pages/records/index': ['/records', '/((?!record$|admin$).*)'],
        'pages/record/index': '/record',
        'pages/admin/index': '/admin',
      },
    },
    postcss: { autoprefixer: { enable: true, config: {} }, pxtransform: { enable: false, config: {} } },
    // Only compiles, onto the disk: the app server serves the H5 also in development, because the gate stands before it.
    devServer: {
      host: '127.0.0.1',
      open: false,
      hot: false,
      liveReload: false,
      client: false,
      devMiddleware: { writeToDisk: true },
    },
    webpackChain(chain, webpack) {
      if (ownPrimitives) withOwnPrimitives(chain, webpack);
      chain.performance.hints(false);
    },
  },
  mini: {
    // Pixels stay pixels, as on H5: a wide phone shows more, not larger; what follows the text size is in rem.
    postcss: { pxtransform: { enable: false, config: {} }, cssModules: { enable: false } },
    // What only the administrators' page needs travels with it.
    optimizeMainPackage: { enable: true },
    webpackChain(chain) {
      chain.plugin('mini-styles').use(MiniStyles);
    },
  },
});
