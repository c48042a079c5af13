import type { ReactNode } from 'react';
import { View } from '@tarojs/components';
import { SkeletonRows } from '../ui/skeleton';
import type { GateControls } from './gate-controls';
import type { GateState } from './gate-state';
import { bannerShows, screenOf } from './screen-of';
import { Banner } from './screens/banner';
import { Block } from './screens/block';
import { LoginFailed } from './screens/login-failed';
import { NotFound } from './screens/not-found';
import { OpenInWecom } from './screens/open-in-wecom';
import { Wait } from './screens/wait';

type Props = { readonly state: GateState; readonly controls: GateControls; readonly children: ReactNode };

/** The administrators' page uses a desktop window's width. */
function isWide({ returnTo }: GateState): boolean {
  return /^\/admin(?![\w-])/.test(returnTo);
}

/** A state as markup. The same on the server and in the app: nothing here reads a clock, a store or a window. */
export function GateView({ state, controls, children }: Props) {
  const { verdict, failure } = state;
  switch (screenOf(state)) {
    case 'block':
      return verdict && <Block state={state} verdict={verdict} controls={controls} />;
    case 'wait':
      return verdict && <Wait state={state} verdict={verdict} />;
    case 'login_failed':
      return failure && <LoginFailed state={state} failure={failure} />;
    case 'not_found':
      return <NotFound state={state} />;
    case 'open_in_wecom':
      return <OpenInWecom state={state} />;
    case 'entering':
      return (
        <View className="gate page" aria-busy="true">
          <SkeletonRows rows={3} />
        </View>
      );
    case 'page':
      return (
        <View role="main" className={`gate page ${isWide(state) ? 'page-wide' : ''}`.trimEnd()}>
          {verdict && bannerShows(state) ? <Banner state={state} verdict={verdict} controls={controls} /> : null}
          {children}
        </View>
      );
  }
}
