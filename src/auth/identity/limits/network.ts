import ipaddr from 'ipaddr.js';

const SUBNET_BITS = 64;

/**
 * What one subscriber of the internet has: an IPv4 address, or the /64 that providers hand out at least (RFC 6177),
 * within which somebody may take a new address for every guess. IPv4 in IPv6's clothes is IPv4.
 */
export function networkOf(address: string): string {
  if (!ipaddr.isValid(address)) return address;
  const parsed = ipaddr.process(address);
  if (parsed instanceof ipaddr.IPv4) return parsed.toString();
  return ipaddr.IPv6.networkAddressFromCIDR(`${parsed.toNormalizedString()}/${SUBNET_BITS}`).toString();
}

const IPV4_NEIGHBOURS_BITS = 24;
const IPV6_NEIGHBOURS_BITS = 48;

/** A wider network, in which a device may move: a /24 of IPv4, a /48 of IPv6. */
export function neighbourhoodOf(address: string): string {
  if (!ipaddr.isValid(address)) return address;
  const parsed = ipaddr.process(address);
  if (parsed instanceof ipaddr.IPv4) {
    return ipaddr.IPv4.networkAddressFromCIDR(`${parsed.toString()}/${IPV4_NEIGHBOURS_BITS}`).toString();
  }
  return ipaddr.IPv6.networkAddressFromCIDR(
    `${parsed.toNormalizedString()}/${IPV6_NEIGHBOURS_BITS}`,
  ).toString();
}
