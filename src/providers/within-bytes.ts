/** The text's beginning that fits into so many bytes of UTF-8; no character is cut in two. */
export function withinBytes(text: string, bytes: number): string {
  let end = '';
  for (const character of text) {
    if (Buffer.byteLength(end + character) > bytes) break;
    end += character;
  }
  return end;
}
