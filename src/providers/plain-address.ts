import ipaddr from 'ipaddr.js';

/**
 * An IP address as channels take it: without a zone, and an IPv4 address that a socket tells as IPv6
 * (`::ffff:203.0.113.7`) as IPv4.
 *
 * @returns null for anything that is not one address
 */
export function plainAddress(address: string): string | null {
  if (!ipaddr.isValid(address)) return null;
  const parsed = ipaddr.process(address);
  if (parsed instanceof ipaddr.IPv4) return parsed.toString();
  delete parsed.zoneId;
  return parsed.toString();
}
