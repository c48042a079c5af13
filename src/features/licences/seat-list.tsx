import { useState } from 'react';
import { Button, Input, View } from '@tarojs/components';
import type { AdminSeat } from '../../../server/http/contract/admin';
import type { LicenceWords } from './licence-words';
import { SeatRow } from './seat-row';
import { Section } from './section';

/** What ends soonest is at the top; the rest is one press away and leaves room for what comes after the list. */
const FIRST_ROWS = 10;
/** Rows added at a time: a corp with thousands of seats opens as quickly as a small one. */
const MORE_ROWS = 30;
const STATES = ['all', 'valid', 'expiring', 'expired'] as const;
type Chosen = (typeof STATES)[number];

type Props = {
  readonly seats: readonly AdminSeat[];
  readonly nowIso: string;
  readonly lang: 'zh-CN' | 'en';
  readonly words: LicenceWords;
};

/** Members' seats, soonest end first; filtered by state and found by tag. */
export function SeatList({ seats, nowIso, lang, words }: Props) {
  const [chosen, setChosen] = useState<Chosen>('all');
  const [sought, setSought] = useState('');
  const [rows, setRows] = useState(FIRST_ROWS);
  const count = (state: Chosen): number => seats.filter((seat) => state === 'all' || seat.state === state).length;
  const states = STATES.filter((state) => state === 'all' || count(state) > 0);
  const found = seats
    .filter((seat) => chosen === 'all' || seat.state === chosen)
    .filter((seat) => seat.tag.toLowerCase().includes(sought.trim().toLowerCase()))
    .sort((a, b) => a.expiresAt.localeCompare(b.expiresAt));
  return (
    <Section id="seats" title={words.seats}>
      {seats.length === 0 ? <View className="small">{words.noSeats}</View> : null}
      {seats.length > FIRST_ROWS ? (
        <Input
          className="field"

          aria-label={words.search}
          placeholder={words.search}
          value={sought}
          onInput={(event) => setSought(event.detail.value)}
        />
      ) : null}
      {states.length > 2 ? (
        <View className="chips">
          {states.map((state) => (
            <Button
              key={state}
              id={`seats-${state}`}
              className={`chip ${state === chosen ? 'chip-on' : ''}`}
              aria-pressed={state === chosen}
              onClick={() => setChosen(state)}
            >
              {words.states[state]} {count(state)}
            </Button>
          ))}
        </View>
      ) : null}
      <View role="list" aria-label={words.seats}>
        {found.slice(0, rows).map((seat) => (
          <SeatRow key={`${seat.userId}.${seat.type}`} {...{ seat, nowIso, lang, words }} />
        ))}
      </View>
      {seats.length > 0 && found.length === 0 ? <View className="small">{words.noMatch}</View> : null}
      {found.length > rows ? (
        <Button className="button-quiet" onClick={() => setRows(rows + MORE_ROWS)}>
          {words.more(Math.min(MORE_ROWS, found.length - rows))}
        </Button>
      ) : null}
    </Section>
  );
}
