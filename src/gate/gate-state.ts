import type { VerdictView } from '../../server/http/contract/verdict';

/**
 * What the server knew when it sent the page; embedded as JSON in `<script id="gate-state">` and handed to the gate
 * component, so that the first page needs no second request. The same value renders the same screen on the server.
 */
export type GateState = {
  /** null: nobody is logged in (plain browser or WeChat); `screen` then says what is shown. */
  readonly verdict: VerdictView | null;
  /** Screens that are not a verdict. */
  readonly screen: 'verdict' | 'open_in_wecom' | 'login_failed' | 'not_found';
  readonly lang: 'zh-CN' | 'en';
  readonly scheme: 'light' | 'dark' | 'auto';
  readonly client: 'wecom' | 'wechat' | 'browser';
  readonly desktop: boolean;
  readonly appName: string;
  /** The page that was asked for, without one-time parameters; also where form actions return to. */
  readonly returnTo: string;
  readonly person: {
    readonly corpId: string | null;
    readonly isAdmin: boolean;
    readonly isOutsider: boolean;
    /** Opaque and stable for this person on this device; keys what is kept per person (the sheet once a day). */
    readonly key?: string;
  } | null;
  /** The person closed this banner today (cookie `gate_quiet`, `reason.day`): it is left out at once. */
  readonly bannerClosed?: boolean;
  /** The member's open request for this reason, if one was made. */
  readonly request: { readonly askedAt: string; readonly adminsAsked: number } | null;
  /** For `login_failed`: what to tell, already in the person's language, with its error code. */
  readonly failure: {
    readonly code: string;
    readonly title: string;
    readonly sentence: string;
    readonly retryHref: string;
  } | null;
  /** Title of the thing behind the gate, when it may be shown ("完成后会自动打开「2 号电梯」"). Never for a blocked visit of another corp. */
  readonly targetTitle: string | null;
  /** For `open_in_wecom`: the other ways in that exist here; a null href is not offered. */
  readonly waysIn?: {
    /** Desktop scan login. */
    readonly scanHref: string | null;
    /** In WeChat: visit without a WeCom account. */
    readonly visitHref: string | null;
    /** Custom app opened without its corp: only the workbench knows the way. */
    readonly workbenchOnly: boolean;
  };
};
