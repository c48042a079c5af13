import { XMLParser } from 'fast-xml-parser';
import { z } from 'zod';
import { AppError } from '../errors';

/** One callback's elements as WeCom spells them: text, a nested element, or a list where an element repeats. */
export type XmlFields = { readonly [name: string]: unknown };

/** CDATA, a tag, or text. Sticky, so that anything else (DOCTYPE, comment, entity declaration) is refused where it stands. */
const PIECE = /<!\[CDATA\[([\s\S]*?)\]\]>|<(\/?)([A-Za-z_][\w.-]*)\s*(\/?)>|([^<]+)/y;
const PROLOG = /^\uFEFF?\s*(?:<\?xml[^?]*\?>)?/;
const MAX_DEPTH = 16;

/** Where the flat reader stands: the open elements, and the text of the one being read. */
type Reading = {
  readonly open: string[];
  readonly fields: Map<string, string>;
  elements: number;
  text: string;
  leaf: boolean;
};

/**
 * Reads the elements directly under `<xml>`, and only those: what routing needs before a callback is answered, about ten
 * times cheaper than a full parse. The first wins where an element repeats; nested ones are skipped.
 * Throws `callback.malformed` for a DTD, attributes, comments, or XML that does not close.
 */
export function readFlatXml(xml: string): ReadonlyMap<string, string> {
  const reading: Reading = { open: [], fields: new Map(), elements: 0, text: '', leaf: false };
  PIECE.lastIndex = PROLOG.exec(xml)?.[0].length ?? 0;
  while (PIECE.lastIndex < xml.length) {
    const piece = PIECE.exec(xml);
    if (!piece) throw malformed('not plain XML');
    const [, cdata, slash, name, selfClosing, chars] = piece;
    if (name === undefined) reading.text += cdata ?? unescapeXml(chars ?? '');
    else if (slash) closeElement(reading, name);
    else {
      openElement(reading, name);
      if (selfClosing) closeElement(reading, name);
    }
  }
  if (reading.open.length > 0 || reading.elements < 2) throw malformed('incomplete XML');
  return reading.fields;
}

function openElement(reading: Reading, name: string): void {
  if (reading.open.push(name) > MAX_DEPTH) throw malformed('nested too deeply');
  if (reading.open.length === 1 && (name !== 'xml' || reading.elements > 0)) throw malformed('the root is not <xml>');
  reading.elements += 1;
  reading.leaf = reading.open.length === 2;
  reading.text = '';
}

function closeElement(reading: Reading, name: string): void {
  if (reading.open.pop() !== name) throw malformed('elements do not nest');
  const { fields, leaf, text } = reading;
  if (leaf && reading.open.length === 1 && !fields.has(name)) fields.set(name, text.trim());
}

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

function unescapeXml(text: string): string {
  return text.replace(/&(lt|gt|amp|quot|apos);/g, (whole, name: string) => ENTITIES[name] ?? whole);
}

const parser = new XMLParser({
  ignoreAttributes: true,
  parseTagValue: false,
  trimValues: true,
  // WeCom repeats AccountList at root level, with no wrapper; one of them must read like several.
  isArray: (name) => name === 'AccountList',
});

const parsedSchema = z.object({ xml: z.record(z.string(), z.unknown()) });

/**
 * Parses a whole callback, nested and repeated elements included; every leaf is trimmed text. For the job, not for the
 * answer. Throws `callback.malformed` on what `readFlatXml` refuses, a DTD first of all.
 */
export function parseXml(xml: string): XmlFields {
  readFlatXml(xml);
  return parsedSchema.parse(parser.parse(xml)).xml;
}

function malformed(detail: string): AppError {
  return new AppError('callback.malformed', { logDetail: detail });
}
