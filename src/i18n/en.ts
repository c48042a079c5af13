import type { Words } from './words';

const days = (n: number): string => `${n} ${n === 1 ? 'day' : 'days'}`;

/** The front end's own words in English: same voice, calm and exact. */
export const EN: Words = {
  why: 'Why',
  copy: 'Copy',
  copied: 'Copied',
  gotIt: 'Got it',
  close: 'Hide for today',
  recheck: 'Check again',
  retry: 'Try again',
  forbidden: 'This page is for administrators of the app',
  asked: (admins, time) =>
    admins > 0
      ? `${admins} ${admins === 1 ? 'administrator was' : 'administrators were'} told at ${time}`
      : `Your request was noted at ${time}`,
  daysLeft: (n) => (n > 0 ? `${days(n)} left` : 'Ends today'),
  opensAfter: (title) => `Opens “${title}” when done`,
  opensPage: 'Opens the page when done',
  needsScript: 'This page needs JavaScript to go on',
  sheetNote: 'Once bought or renewed, your seat is activated when you open the app. Your records are not affected.',
  failed: { title: 'This did not load', sentence: 'Check the network and try again', again: 'Please try again later' },
  steps: {
    workbench: 'Open “Work\u00adbench”',
    app: (name) => `Tap “${name}”`,
    done: 'Come back here',
    title: 'How to open it',
    list: (name) => [
      'Open WeCom and tap “Workbench” at the bottom',
      `Find “${name}” and tap it once; WeCom then activates your seat`,
      'Come back to this page and try again',
    ],
    reason:
      'WeCom activates a seat when the app is opened from the Workbench or from its message, not from a code or a plain link.',
  },
  howTo: {
    contact_sharer:
      'Go back to the chat the link came from and say that your corp has not installed this app. Once it has, the same link opens.',
    other: 'Contact your administrator and pass on the code below, so that the cause can be found.',
  },
  open: {
    title: 'Open this in WeCom',
    browser: 'This app belongs to a corp. Confirm that you are a member to go on',
    wechat: 'WeChat cannot confirm which corp you belong to. Please open this in WeCom',
    workbenchOnly: 'Enter from the WeCom Workbench, so that the app knows which corp you belong to',
    scan: 'Sign in by scanning with WeCom',
    copyLink: 'Copy link',
    visit: 'I have no WeCom account, continue as a visitor',
    steps: (name) => ['Open WeCom', 'Tap “Workbench”', `Tap “${name}”`],
    paste: 'Or copy the link, send it to yourself in WeCom and open it there.',
  },
  notFound: {
    title: 'This cannot be shown to you',
    sentence: 'It does not exist, or belongs to another corp. Ask the colleague who shared the link.',
    home: 'See your corp’s records',
  },
  records: {
    list: 'Records',
    empty: 'No inspection records yet',
    emptyHint: 'After the first one, colleagues can open it by scanning its code',
    add: 'New record',
    name: 'Name',
    place: 'Place',
    save: 'Save',
    cancel: 'Cancel',
    ok: 'OK',
    todo: 'To do',
    today: 'Today',
    yesterday: 'Yesterday',
    note: 'Note',
    noteHint: 'What did you see on site?',
    checkedAt: 'Inspected',
    markOk: 'Mark as OK',
    markTodo: 'Mark as to do',
    saved: 'Saved',
    forward: 'Forward to a colleague',
    linkCopied: 'Link copied, paste it in a chat',
    qr: 'Scan to view',
    qrHint: 'Put it up on site: colleagues scan it with WeCom to open this record',
    qrLabel: (title) => `QR code of “${title}”`,
    all: 'All records',
    outsider: 'Only the public label is shown here. Members open the whole record in WeCom.',
    outsiderList: 'Records are for members of the corp. Scan a code on site or ask a colleague for a link.',
  },
};
