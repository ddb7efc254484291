import { isPublicAddress } from './public-address.js';

describe('a public address', () => {
  it.each(['1.1.1.1', '47.96.1.2', '2606:4700:4700::1111', '2400:3200::1'])('is %s', (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });

  it.each([
    ['loopback', '127.0.0.1'],
    ['loopback', '127.255.1.2'],
    ['this host', '0.0.0.0'],
    ['private', '10.1.2.3'],
    ['private', '172.31.255.255'],
    ['private', '192.168.0.1'],
    ['link-local, where clouds keep their secrets', '169.254.169.254'],
    ['carrier-grade NAT', '100.64.0.1'],
    ['carrier-grade NAT, where Alibaba Cloud keeps its secrets', '100.100.100.200'],
    ['this network', '0.1.2.3'],
    ['for protocols', '192.0.0.8'],
    ['for benchmarks', '198.18.0.1'],
    ['multicast', '224.0.0.1'],
    ['broadcast', '255.255.255.255'],
    ['reserved', '240.0.0.1'],
    ['for documentation', '192.0.2.1'],
    ['loopback in IPv6', '::1'],
    ['nowhere', '::'],
    ['link-local in IPv6', 'fe80::1'],
    ['unique local', 'fd00::1'],
    ['unique local, where Amazon keeps its secrets', 'fd00:ec2::254'],
    ['site-local', 'fec0::1'],
    ['loopback mapped into IPv6', '::ffff:127.0.0.1'],
    ['private, mapped into IPv6', '::ffff:a01:203'],
    ['loopback, compatible with IPv4', '::127.0.0.1'],
    ['loopback by 6to4', '2002:7f00:1::'],
    ['private by NAT64', '64:ff9b::a00:1'],
    ['private by a NAT64 of one’s own', '64:ff9b:1::a00:1'],
    ['link-local with its interface', 'fe80::1%eth0'],
    ['multicast in IPv6', 'ff0e::1'],
    ['for newer documentation in IPv6', '3fff::1'],
    ['Teredo', '2001::7f00:1'],
    ['for documentation in IPv6', '2001:db8::1'],
    ['no address', 'localhost'],
  ])('is not one that is %s: %s', (_, address) => {
    expect(isPublicAddress(address)).toBe(false);
  });
});
