import { View } from '@tarojs/components';
import type { AdminSeat } from '../../../server/http/contract/admin';
import { MemberName } from '../../platform/member-name';
import { dateText } from './licence-dates';
import type { LicenceWords } from './licence-words';

type Props = {
  readonly seat: AdminSeat;
  readonly nowIso: string;
  readonly lang: 'zh-CN' | 'en';
  readonly words: LicenceWords;
};

const TONES = { valid: 'ok', expiring: 'warn', expired: 'stop' } as const;

/** One member's seat: kind, until when, and how it stands. */
export function SeatRow({ seat, nowIso, lang, words }: Props) {
  const date = dateText(seat.expiresAt, nowIso, lang);
  const until = seat.state === 'expired' ? words.ended(date) : words.until(date);
  return (
    <View className="row" role="listitem">
      <View className="row-text">
        <View className="row-title">
          <MemberName userId={seat.userId} fallback={words.member(seat.tag)} />
        </View>
        <View className="row-note">
          {seat.type === 'base' ? words.base : words.contact} · {until}
        </View>
      </View>
      <View className={`pill pill-${TONES[seat.state]}`}>
        {seat.state === 'expiring' ? words.leftDays(seat.daysLeft) : words.states[seat.state]}
      </View>
    </View>
  );
}
