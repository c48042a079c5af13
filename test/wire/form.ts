/** A file in a form, as a schema can judge it. */
type FileSeen = { readonly name: string; readonly contentType: string; readonly size: number };

/** A posted form as JSON: its files by name, content type and size. Anything that is no form stays what it is. */
export function describeForm(body: unknown): unknown {
  if (!(body instanceof FormData)) return body;
  return Object.fromEntries([...body].map(([field, value]) => [field, describeValue(value)]));
}

function describeValue(value: FormDataEntryValue): string | FileSeen {
  return typeof value === 'string' ? value : { name: value.name, contentType: value.type, size: value.size };
}

/** A form of which describeForm would say this; its files hold nothing but zeros. */
export function buildForm(files: Readonly<Record<string, FileSeen>>): FormData {
  const form = new FormData();
  for (const [field, { contentType, name, size }] of Object.entries(files)) {
    form.append(field, new Blob([new Uint8Array(size)], { type: contentType }), name);
  }
  return form;
}
