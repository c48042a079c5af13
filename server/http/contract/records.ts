import { z } from 'zod';

const Time = z.iso.datetime({ offset: true });

export const RecordListItem = z.object({
  id: z.string(),
  title: z.string(),
  place: z.string(),
  status: z.enum(['ok', 'todo']),
  checkedAt: Time,
});

/** A record with its links. Links are absolute, made by the server, and carry `from=share` and `from=qr`. */
export const RecordView = RecordListItem.extend({
  note: z.string(),
  links: z.object({ share: z.url(), qr: z.url() }),
  /** The QR code of `links.qr` as an SVG document. */
  qrSvg: z.string(),
}).meta({ id: 'Record' });

export const RecordList = z.object({ items: z.array(RecordListItem) }).meta({ id: 'RecordList' });

/** What a visitor who is no member may see of a record marked for it. */
export const RecordLabel = RecordListItem.pick({ title: true, place: true, status: true, checkedAt: true }).meta({
  id: 'RecordLabel',
});

export const RecordUpdate = z.object({ status: z.enum(['ok', 'todo']), note: z.string().max(500).default('') });

export const RecordCreate = z.object({
  title: z.string().trim().min(1).max(60),
  place: z.string().trim().max(60).default(''),
  status: z.enum(['ok', 'todo']).default('ok'),
  note: z.string().max(500).default(''),
});

export type RecordListItem = z.infer<typeof RecordListItem>;
export type RecordView = z.infer<typeof RecordView>;
export type RecordList = z.infer<typeof RecordList>;
export type RecordLabel = z.infer<typeof RecordLabel>;
