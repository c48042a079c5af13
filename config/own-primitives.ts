import path from 'node:path';
import type { IH5Config } from '@tarojs/taro/types/compile';

type WebpackChain = NonNullable<IH5Config['webpackChain']>;

/** Code that Taro's loader puts into the entry. */
type LoaderMeta = Record<string, string>;

/** What the runner hands to `NormalModuleReplacementPlugin`: a module about to be resolved. */
type Request = { request: string; context: string };

const SOURCE = path.resolve(__dirname, '../src');
const ROUTER = /[\\/]@tarojs[\\/]router[\\/]/;

/** Taro's router writes `<style>` elements at run time, which a strict CSP refuses; `app.scss` holds the few rules. */
function withoutRunTimeStyles(request: Request): void {
  if (ROUTER.test(request.context)) request.request = path.join(SOURCE, 'platform/router-style.ts');
}

/** The client draws the title bar, and there is no tab bar: neither has to travel to the phone. */
function withoutBars(request: Request): void {
  if (ROUTER.test(request.context)) request.request = path.join(SOURCE, 'platform/router-bars.ts');
}

/**
 * H5 without Taro's web components: `@tarojs/components` becomes our own light set (real `<button>`s, renderable on the
 * server), and nothing of the stock set's CSS or start-up code is left in the bundle.
 */
export const withOwnPrimitives: WebpackChain = (chain, webpack) => {
  chain.resolve.alias
    .set('@tarojs/components$', path.join(SOURCE, 'platform/components/index.ts'))
    .set('query-string$', path.join(SOURCE, 'platform/query-string.ts'))
    .set('@tarojs/components/global.css$', path.join(SOURCE, 'platform/nothing.ts'))
    .set('@tarojs/components/dist/taro-components/taro-components.css$', path.join(SOURCE, 'platform/nothing.ts'));
  chain
    .plugin('mainPlugin')
    .tap(([options]: { loaderMeta?: LoaderMeta }[]) => [
      { ...options, loaderMeta: { ...options?.loaderMeta, extraImportForWeb: '', execBeforeCreateWebApp: '' } },
    ]);
  chain.plugin('router-style').use(webpack.NormalModuleReplacementPlugin, [/\/style\.js$/, withoutRunTimeStyles]);
  chain
    .plugin('router-bars')
    .use(webpack.NormalModuleReplacementPlugin, [/\/(navigationBar|tabbar)\.js$/, withoutBars]);
};
