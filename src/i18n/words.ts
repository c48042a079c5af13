/**
 * The front end's own words. Plain values and functions checked by the compiler, so a missing or misspelt word does not
 * build, and nothing needs Intl or a formatter at run time.
 */
export type Words = {
  readonly why: string;
  readonly copy: string;
  readonly copied: string;
  readonly gotIt: string;
  readonly close: string;
  readonly recheck: string;
  readonly retry: string;
  readonly forbidden: string;
  readonly asked: (admins: number, time: string) => string;
  readonly daysLeft: Count;
  readonly opensAfter: Fill;
  readonly opensPage: string;
  readonly needsScript: string;
  readonly sheetNote: string;
  readonly failed: { readonly title: string; readonly sentence: string; readonly again: string };
  readonly steps: StepWords;
  readonly howTo: { readonly contact_sharer: string; readonly other: string };
  readonly open: OpenWords;
  readonly notFound: { readonly title: string; readonly sentence: string; readonly home: string };
  readonly records: RecordWords;
};

type Fill = (text: string) => string;
type Count = (n: number) => string;

type StepWords = {
  readonly workbench: string;
  readonly app: Fill;
  readonly done: string;
  readonly title: string;
  readonly list: (name: string) => readonly string[];
  readonly reason: string;
};

type OpenWords = {
  readonly title: string;
  readonly browser: string;
  readonly wechat: string;
  readonly workbenchOnly: string;
  readonly scan: string;
  readonly copyLink: string;
  readonly visit: string;
  readonly steps: (name: string) => readonly string[];
  readonly paste: string;
};

type RecordWords = {
  readonly list: string;
  readonly empty: string;
  readonly emptyHint: string;
  readonly add: string;
  readonly name: string;
  readonly place: string;
  readonly save: string;
  readonly cancel: string;
  readonly ok: string;
  readonly todo: string;
  readonly today: string;
  readonly yesterday: string;
  readonly note: string;
  readonly noteHint: string;
  readonly checkedAt: string;
  readonly markOk: string;
  readonly markTodo: string;
  readonly saved: string;
  readonly forward: string;
  readonly linkCopied: string;
  readonly qr: string;
  readonly qrHint: string;
  readonly qrLabel: Fill;
  readonly all: string;
  readonly outsider: string;
  readonly outsiderList: string;
};
