import { QRCodeSVG } from 'qrcode.react';
import type { ReactElement } from 'react';

/** Dark on white with a quiet zone, as wallets read it from a screen. */
export function QrCode({ content, label }: { content: string; label: string }): ReactElement {
  return <QRCodeSVG value={content} size={200} level="M" marginSize={2} title={label} />;
}
