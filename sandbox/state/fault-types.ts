/** What can be done to a call of WeCom's API or to one of its pages. */
export const FAULT_KINDS = [
  ...(['down', 'reset', 'timeout', 'slow', 'errcode', 'token_lost'] as const),
  // these let the call have its effect first
  ...(['lost', 'slow_body', 'half_body', 'malformed'] as const),
] as const;

/** A page carries no token, and is no JSON that could be broken. */
export const CALL_ONLY: readonly Fault['kind'][] = ['token_lost', 'malformed'];

export type Fault = {
  id: string;
  /** A path; `*` ends a prefix, alone it means every API call. */
  endpoint: string;
  kind: (typeof FAULT_KINDS)[number];
  /** Only calls and pages about this corp. */
  corpId: string | null;
  errcode: number | null;
  ms: number | null;
  /** Of the calls that fit, how many are spoilt: 1 all, 0.1 one in ten by the dice. */
  share: number;
  /** How many calls are left to spoil; null: until cleared. */
  times: number | null;
};

export const CALLBACK_FAULT_KINDS = ['drop', 'delay', 'duplicate', 'reorder'] as const;

export type CallbackFault = {
  id: string;
  /** InfoType or Event; `*`: any. */
  callback: string;
  kind: (typeof CALLBACK_FAULT_KINDS)[number];
  corpId: string | null;
  /** How long a delay lasts, and how long a reordered one waits for the next at most, in WeCom's time. */
  ms: number | null;
  share: number;
  times: number | null;
};
