/** A field of a callback: text goes into CDATA, numbers stay plain, lists repeat the element, objects nest. */
export type XmlValue = string | number | XmlFields | readonly (string | XmlFields)[];
export type XmlFields = { readonly [name: string]: XmlValue | null | undefined };

/** Writes fields as WeCom does. Absent ones (null, undefined) leave no element. */
export function writeXml(fields: XmlFields): string {
  return `<xml>${writeFields(fields)}</xml>`;
}

function writeFields(fields: XmlFields): string {
  return Object.entries(fields)
    .map(([name, value]) => writeField(name, value))
    .join('');
}

function writeField(name: string, value: XmlValue | null | undefined): string {
  if (value === null || value === undefined) return '';
  if (isList(value)) return value.map((item) => writeField(name, item)).join('');
  if (typeof value === 'object') return `<${name}>${writeFields(value)}</${name}>`;
  return `<${name}>${typeof value === 'number' ? value : cdata(value)}</${name}>`;
}

function isList(value: XmlValue): value is readonly (string | XmlFields)[] {
  return Array.isArray(value);
}

function cdata(text: string): string {
  return `<![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;
}
