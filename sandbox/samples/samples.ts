import type { Story } from './story';

export type Sample = {
  readonly id: string;
  readonly corpId: string;
  readonly name: string;
  readonly kind?: 'third_party' | 'custom';
  /** Lived through in order; each step says how long ago it happened. */
  readonly live: (story: Story) => void;
};

/** 成员一 is the one to play with; 成员二 administers; 成员四 never has a seat. */
const YEAR = { months: 12, days: 0 };

/** The corps a newcomer finds: one for each situation of the gate. Corp ids stay the same for ever. */
export const SAMPLES: readonly Sample[] = [
  {
    id: 'trial_day_12',
    corpId: 'wpSandboxTrialDay12',
    name: '云杉制造（试用第 12 天）',
    live: (story) => story.install(11),
  },
  {
    id: 'trial_5_left',
    corpId: 'wpSandboxTrial5Left',
    name: '白桦物流（试用剩 5 天）',
    live: (story) => story.install(85),
  },
  {
    id: 'trial_over',
    corpId: 'wpSandboxTrialOver',
    name: '青石建材（试用已结束）',
    live: (story) => story.install(100),
  },
  {
    id: 'free_seats',
    corpId: 'wpSandboxFreeSeats',
    name: '松涛物业（有空余名额）',
    live: (story) => {
      story.install(120);
      story.buy(60, { base: 10, ...YEAR });
      story.autoActivation(60, true);
      story.seat(50, 2);
      story.seat(40, 3);
    },
  },
  {
    id: 'used_up',
    corpId: 'wpSandboxUsedUp',
    name: '红杉食品（名额已用完）',
    live: (story) => {
      story.install(120);
      story.buy(60, { base: 2, ...YEAR });
      story.autoActivation(60, true);
      story.seat(50, 2);
      story.seat(40, 3);
    },
  },
  {
    id: 'seat_3_days',
    corpId: 'wpSandboxSeat3Days',
    name: '银杏医药（名额 3 天后到期）',
    live: (story) => {
      story.install(130);
      story.buy(30, { base: 3, months: 1, days: 0 });
      story.autoActivation(30, true);
      story.seat(28, 1);
      story.seat(28, 2);
      story.seat(20, 3);
    },
  },
  {
    id: 'auto_off',
    corpId: 'wpSandboxAutoOff',
    name: '梧桐酒店（自动激活已关闭）',
    live: (story) => {
      story.install(120);
      story.buy(60, { base: 5, ...YEAR });
      story.autoActivation(60, false);
      story.seat(50, 2);
      story.seat(40, 3);
    },
  },
  {
    id: 'codes_lapsed',
    corpId: 'wpSandboxCodesLapsed',
    name: '海棠包装（激活码已过期限）',
    live: (story) => {
      story.install(430);
      story.buy(400, { base: 5, ...YEAR });
      story.autoActivation(400, true);
      story.seat(300, 2);
      story.seat(290, 3);
    },
  },
  {
    id: 'not_enforced',
    corpId: 'wpSandboxNotEnforced',
    name: '丁香学校（尚未启用许可校验）',
    live: (story) => {
      story.install(700);
      story.leaveUnchecked();
    },
  },
  {
    id: 'custom',
    corpId: 'wpSandboxCustom',
    name: '木棉电器（代开发应用）',
    kind: 'custom',
    live: (story) => {
      story.install(120);
      story.buy(60, { base: 6, ...YEAR });
      story.autoActivation(60, true);
      story.seat(50, 2);
      story.seat(40, 3);
    },
  },
  {
    id: 'removed',
    corpId: 'wpSandboxRemoved',
    name: '芦苇园林（已移除应用）',
    live: (story) => {
      story.install(100);
      story.uninstall(3);
    },
  },
];

export const SAMPLE_MEMBERS = ['成员一', '成员二', '成员三', '成员四'];
