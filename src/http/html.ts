const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Markup that is safe to put into a page as it stands. */
export class Html {
  constructor(readonly markup: string) {}
}

/** A template whose values are escaped, for text and for quoted attributes alike; {@link Html} goes in as it is. */
export function html(
  parts: TemplateStringsArray,
  ...values: readonly (string | number | Html | null)[]
): Html {
  return new Html(parts.reduce((page, part, index) => page + render(values[index - 1] ?? null) + part));
}

function render(value: string | number | Html | null): string {
  if (value === null) return '';
  return value instanceof Html
    ? value.markup
    : String(value).replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);
}
