/** The address under which the channels and the buyers reach the host, as `CommercialOptions.publicUrl` has it. */
export function publicUrlFaults(publicUrl: unknown): string[] {
  if (typeof publicUrl === 'string' && isUsable(publicUrl)) return [];
  return [
    `publicUrl is ${JSON.stringify(publicUrl)}. It must be a whole address with http:// or https://, without a query ` +
      `or a fragment, such as 'https://pay.example.com'.`,
  ];
}

function isUsable(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, search, hash } = new URL(text);
  return /^https?:$/.test(protocol) && search === '' && hash === '' && !/[?#]/.test(text);
}
