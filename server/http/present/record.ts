import { renderSVG } from 'uqr';
import type { Config } from '../../config';
import type { CorpsTable, RecordsTable } from '../../store/schema';
import type { RecordLabel, RecordListItem, RecordView } from '../contract/records';
import { presentTime } from './time';

type Site = Pick<Config, 'publicUrl' | 'utcOffsetMinutes'>;

/** A record's line in the list. */
export function presentRecordItem(record: RecordsTable, site: Site): RecordListItem {
  return { id: record.id, ...presentRecordLabel(record, site) };
}

/** What a visitor without a corp may see of a record whose label is public. */
export function presentRecordLabel(record: RecordsTable, site: Site): RecordLabel {
  const { checked_at_ms: checkedAtMs, place, status, title } = record;
  return { title, place, status, checkedAt: presentTime(checkedAtMs, site) };
}

/** A record with the links that lead back to it. */
export function presentRecord(record: RecordsTable, kind: CorpsTable['kind'], site: Site): RecordView {
  const link = (from: 'share' | 'qr') => recordLink(record, kind, site, from);
  const qr = link('qr');
  return {
    ...presentRecordItem(record, site),
    note: record.note,
    links: { share: link('share'), qr },
    qrSvg: renderSVG(qr, { border: 2 }),
  };
}

/** A custom app is entered by its corp's path: without it nobody knows whose login to use. */
function recordLink(record: RecordsTable, kind: CorpsTable['kind'], { publicUrl }: Site, from: 'share' | 'qr'): string {
  const way = kind === 'custom' ? `/c/${encodeURIComponent(record.corp_id)}` : '';
  return `${publicUrl}${way}/record?id=${encodeURIComponent(record.id)}&from=${from}`;
}
