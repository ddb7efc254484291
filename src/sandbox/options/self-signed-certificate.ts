import { createPublicKey, sign } from 'node:crypto';

const SEQUENCE = 0x30;
const SET = 0x31;
const INTEGER = 0x02;
const BIT_STRING = 0x03;
const NULL = 0x05;
const OID = 0x06;
const UTF8_STRING = 0x0c;
const UTC_TIME = 0x17;
const CONTEXT_0 = 0xa0;

/** sha256WithRSAEncryption, RFC 4055. */
const SHA256_WITH_RSA = tlv(SEQUENCE, tlv(OID, Buffer.from('2a864886f70d01010b', 'hex')), tlv(NULL));

/** The smallest X.509 v3 certificate (RFC 5280) over a key: Node reads certificates but makes none. PEM. */
export function selfSignedCertificate(privateKey: string, serialHex: string): string {
  const name = tlv(
    SEQUENCE,
    tlv(SET, tlv(SEQUENCE, tlv(OID, Buffer.from('550403', 'hex')), tlv(UTF8_STRING, Buffer.from('sandbox')))),
  );
  const validity = tlv(SEQUENCE, utc('250101000000Z'), utc('450101000000Z'));
  const publicKey = createPublicKey(privateKey).export({ type: 'spki', format: 'der' });
  const toBeSigned = tlv(
    SEQUENCE,
    tlv(CONTEXT_0, tlv(INTEGER, Buffer.from([2]))),
    tlv(INTEGER, Buffer.from(serialHex, 'hex')),
    SHA256_WITH_RSA,
    name,
    validity,
    name,
    publicKey,
  );
  const signature = sign('RSA-SHA256', toBeSigned, privateKey);
  const certificate = tlv(
    SEQUENCE,
    toBeSigned,
    SHA256_WITH_RSA,
    tlv(BIT_STRING, Buffer.from([0]), signature),
  );
  const lines = certificate.toString('base64').match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
}

function utc(text: string): Buffer {
  return tlv(UTC_TIME, Buffer.from(text));
}

/** Tag, length, value (X.690, definite form). */
function tlv(tag: number, ...parts: Buffer[]): Buffer {
  const value = Buffer.concat(parts);
  if (value.length < 0x80) return Buffer.concat([Buffer.from([tag, value.length]), value]);
  const digits = value.length.toString(16);
  const length = Buffer.from(digits.padStart(digits.length + (digits.length % 2), '0'), 'hex');
  return Buffer.concat([Buffer.from([tag, 0x80 | length.length]), length, value]);
}
