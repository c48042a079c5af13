import type { Clock } from '../../clock';
import type { Config } from '../../config';
import type { Deps } from '../../deps';
import { AppError, ERRORS, WecomError } from '../../errors';
import { explainErrcode } from '../../wecom/errcodes';
import { text, type Text } from '../text';

/** `warn` works today and should be put right; `note` is only said; `skip` could not be tried. */
export type Result = 'ok' | 'note' | 'warn' | 'fail' | 'skip';

export type Finding = {
  readonly result: Result;
  /** What came of it. */
  readonly seen: Text;
  /** What to do; null when nothing is. */
  readonly todo: Text | null;
};

/** What the checks stand on; no Deps when the store cannot be opened. Nothing is migrated: looking changes nothing. */
export type Patient = { readonly config: Config; readonly clock: Clock; readonly deps: Deps | null };

/** One thing to find out. Throwing is a failure; so is taking longer than the doctor waits. */
export type Check = {
  readonly id: string;
  readonly title: Text;
  /** What is tried. */
  readonly tried: (patient: Patient) => string;
  /** Checks without whose success this one says nothing. */
  readonly needs?: readonly string[];
  readonly run: (patient: Patient & { readonly deps: Deps }) => Promise<Finding>;
  /** What to do when it throws. */
  readonly cure: Text;
};

const finding =
  (result: Result) =>
  (seen: Text, todo: Text | null = null): Finding => ({ result, seen, todo });
export const ok = finding('ok');
export const note = finding('note');
export const warn = finding('warn');
export const fail = finding('fail');
export const skip = finding('skip');

/** A fault as an operator should read it: WeCom's errcode and hint, our code, never a value. */
export function describeFault(error: unknown, cure: Text): Finding {
  if (error instanceof WecomError) {
    const { code, errcode, hint } = error;
    const said = `errcode ${errcode}${hint === '' ? '' : `, hint ${hint}`} (${code})`;
    const { en, zh } = explainErrcode(errcode);
    const meaning = zh === undefined || en === undefined ? cure : text(zh, en);
    return fail(text(`企业微信拒绝：${said}`, `WeCom refused: ${said}`), meaning);
  }
  if (error instanceof AppError) {
    const { en, zh } = ERRORS[error.code];
    return fail(text(`${error.message}：${zh}`, `${error.message}: ${en}`), cure);
  }
  const said = error instanceof Error ? rootOf(error) : String(error);
  return fail(text(said, said), cure);
}

/** `fetch failed` says nothing; what lies under it does. */
function rootOf(error: Error): string {
  return error.cause instanceof Error ? rootOf(error.cause) : error.message || error.name;
}
