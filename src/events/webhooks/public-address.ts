import ipaddr from 'ipaddr.js';

/** RFC 4291: what is assigned for the whole internet. Everything else of IPv6 is local, reserved or a disguise. */
const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR('2000::/3');

/**
 * Whether an address belongs to the internet at large: not loopback, private, link-local, carrier-grade NAT, multicast,
 * reserved or documentation, nor IPv4 in IPv6's clothes (mapped, 6to4, Teredo, NAT64).
 */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  if (parsed instanceof ipaddr.IPv6 && !parsed.match(GLOBAL_UNICAST)) return false;
  return parsed.range() === 'unicast';
}
