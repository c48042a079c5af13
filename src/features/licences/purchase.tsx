import { View } from '@tarojs/components';
import type { AdminLicences } from '../../../server/http/contract/admin';
import { OutLink } from '../../platform/out-link';
import { dateText } from './licence-dates';
import type { LicenceWords } from './licence-words';
import { Section } from './section';

type Props = {
  readonly data: AdminLicences;
  readonly nowIso: string;
  readonly lang: 'zh-CN' | 'en';
  readonly words: LicenceWords;
};

type Order = AdminLicences['orders'][number];

function statusOf({ status }: Order, words: LicenceWords['orderStatus']): string {
  return status in words ? words[status as keyof typeof words] : words.other;
}

function OrderRow({ order, nowIso, lang, words }: Omit<Props, 'data'> & { readonly order: Order }) {
  const bought = [
    order.base > 0 ? words.orderBase(order.base) : null,
    order.externalContact > 0 ? words.orderContact(order.externalContact) : null,
  ];
  return (
    <View className="row">
      <View className="row-text">
        <View className="row-title">{words.order(dateText(order.createdAt, nowIso, lang))}</View>
        <View className="row-note">{bought.filter(Boolean).join(' · ')}</View>
      </View>
      <View className="pill pill-plain">{statusOf(order, words.orderStatus)}</View>
    </View>
  );
}

/** Where seats come from: buying, what they cost, the orders, and what to know about leavers and range. */
export function Purchase({ data, nowIso, lang, words }: Props) {
  return (
    <>
      <Section id="buy" title={words.purchase}>
        {data.purchaseUrl === null ? (
          <View className="text">{words.purchaseAsk}</View>
        ) : (
          <OutLink className="button" href={data.purchaseUrl}>
            {words.purchaseGo}
          </OutLink>
        )}
      </Section>
      <Section id="costs" title={words.costs}>
        {words.costsRows.map(([name, text]) => (
          <View className="fact" key={name}>
            <View className="fact-name">{name}</View>
            <View>{text}</View>
          </View>
        ))}
      </Section>
      <Section id="orders" title={words.orders}>
        {data.orders.length === 0 ? <View className="small">{words.noOrders}</View> : null}
        {data.orders.map((order) => (
          <OrderRow key={order.orderId} {...{ order, nowIso, lang, words }} />
        ))}
      </Section>
      <Section id="leavers" title={words.leavers}>
        <View className="text">{words.leaversText}</View>
      </Section>
      <Section id="range" title={words.range}>
        <View className="text">{words.rangeText}</View>
      </Section>
    </>
  );
}
