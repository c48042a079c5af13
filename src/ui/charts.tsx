import { View } from '@tarojs/components';

/** Height of the longest bar. */
const TALLEST_PX = 88;

type UsageBarProps = {
  readonly used: number;
  readonly waiting: number;
  readonly total: number;
  readonly label: string;
};

/** How much of what was bought is in use, and how much is asked for. `label` says the same in words. */
export function UsageBar({ used, waiting, total, label }: UsageBarProps) {
  const whole = Math.max(total, used + waiting, 1);
  const share = (seats: number) => ({ width: `${(seats / whole) * 100}%` });
  return (
    <View className="usage" role="img" aria-label={label}>
      <View className="usage-used" style={share(used)} />
      <View className="usage-waiting" style={share(waiting)} />
    </View>
  );
}

type MonthBarsProps = {
  readonly bars: readonly { readonly month: string; readonly seats: number }[];
  readonly soon: number;
  readonly label: string;
};

/**
 * A bar per month, `YYYY-MM`; the first `soon` of them are urgent. `label` says the same in words. Drawn with boxes, so
 * that its numbers are text of the page's own size.
 */
export function MonthBars({ bars, soon, label }: MonthBarsProps) {
  const most = Math.max(1, ...bars.map(({ seats }) => seats));
  const height = (seats: number): number => (seats === 0 ? 2 : Math.max(4, (seats / most) * TALLEST_PX));
  return (
    <View className="bars" role="img" aria-label={label}>
      {bars.map(({ month, seats }, index) => (
        <View key={month} className={`bar ${seats === 0 ? 'bar-none' : index < soon ? 'bar-soon' : ''}`.trimEnd()}>
          {seats > 0 ? <View>{seats}</View> : null}
          <View className="bar-fill" style={{ height: `${height(seats)}px` }} />
          <View className={index % 2 === 1 && seats === 0 ? 'bar-unnamed' : ''}>{Number(month.slice(5))}</View>
        </View>
      ))}
    </View>
  );
}
