/** The form's fields, or why they can't be read. A repeated field has no single meaning, so it is refused. */
export function readForm(body: Buffer): Record<string, string> | string {
  const fields: Record<string, string> = Object.create(null);
  for (const [name, value] of new URLSearchParams(body.toString('utf8'))) {
    if (name in fields) return 'a field is repeated';
    fields[name] = value;
  }
  // Every call of ours asks for UTF-8; text in another charset was not decoded above as its sender meant it.
  const charset = fields.charset?.toLowerCase();
  if (charset !== undefined && charset !== 'utf-8' && charset !== 'utf8')
    return `charset ${charset}, not utf-8`;
  return fields;
}
