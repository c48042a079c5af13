/** One part of a posted form; a file is a part with a file name. */
export type FormPart = { readonly field: string; readonly fileName: string | null; readonly bytes: Buffer };

const LINE = '\r\n';

/**
 * The parts of a multipart/form-data body; null when it is none, or broken off. Written out because Node's own parser
 * (`Response.formData`) refuses WeCom's own example: no blank before `filename`, and `filelength` behind it.
 */
export function parseMultipart(contentType: string, body: Buffer): FormPart[] | null {
  const boundary = /^multipart\/form-data\s*;.*\bboundary=(?:"([^"]+)"|([^\s;]+))/i.exec(contentType);
  if (!boundary) return null;
  const dashes = `--${boundary[1] ?? boundary[2] ?? ''}`;
  if (!body.subarray(0, dashes.length).equals(Buffer.from(dashes))) return null;
  const parts: FormPart[] = [];
  for (let start = dashes.length; ;) {
    if (body.toString('latin1', start, start + 2) === '--') return parts;
    const end = body.indexOf(LINE + dashes, start);
    const part = end < 0 ? null : parsePart(body.subarray(start, end));
    if (!part) return null;
    parts.push(part);
    start = end + LINE.length + dashes.length;
  }
}

/** Headers, an empty line, the content. `filename*` (RFC 5987) is not read: users of SDKs saw WeChat ignore it. */
function parsePart(part: Buffer): FormPart | null {
  const headEnd = part.indexOf(LINE + LINE);
  const head = headEnd < 0 ? '' : part.toString('utf8', 0, headEnd);
  const disposition = /^content-disposition:\s*form-data(;.*)$/im.exec(head)?.[1] ?? '';
  const field = /;\s*name="([^"]*)"/i.exec(disposition)?.[1];
  if (field === undefined) return null;
  const fileName = /;\s*filename="([^"]*)"/i.exec(disposition)?.[1] ?? null;
  return { field, fileName, bytes: part.subarray(headEnd + 2 * LINE.length) };
}
