import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { ReceiptText } from './receipt-texts.js';

/** 7,900 characters of simplified Chinese, Latin and signs; of these a document holds the ones that it uses. */
const FONT_FILE = fileURLToPath(new URL('./fonts/NotoSansSC-Regular.ttf', import.meta.url));

/** Both are large and needed for receipts alone, so the first receipt loads them. */
const load = once(async () => {
  const [{ default: PdfKit }, font] = await Promise.all([import('pdfkit'), readFile(FONT_FILE)]);
  return { PdfKit, font };
});

const MARGIN = 56;
const LABEL_WIDTH = 120;
const INK = '#1d2129';
const SOFT = '#5c6370';
const LINE = '#d5d9e2';

/**
 * The receipt as an A4 page.
 *
 * @param madeAt enters the document's properties
 */
export async function receiptPdf({ title, rows, note }: ReceiptText, madeAt: Date): Promise<Buffer> {
  const { PdfKit, font } = await load();
  const document = new PdfKit({
    size: 'A4',
    margin: MARGIN,
    info: { Title: title, CreationDate: madeAt },
    font: font as never,
  });
  const whole = collect(document);
  const width = document.page.width - 2 * MARGIN;
  document.fillColor(INK).fontSize(24).text(title).moveDown(0.6);
  rule(document, width);
  for (const [label, value] of rows) {
    const top = document.y;
    document.fontSize(11).fillColor(SOFT).text(label, MARGIN, top, { width: LABEL_WIDTH });
    document.fillColor(INK).text(value, MARGIN + LABEL_WIDTH, top, { width: width - LABEL_WIDTH });
    document.moveDown(0.5);
  }
  document.moveDown(0.4);
  rule(document, width);
  document.fontSize(9).fillColor(SOFT).text(note, MARGIN, document.y, { width });
  document.end();
  return whole;
}

/** A failure is not kept: the next call tries again. */
function once<Value>(make: () => Promise<Value>): () => Promise<Value> {
  let made: Promise<Value> | null = null;
  return () => {
    made ??= make().catch((error: unknown) => {
      made = null;
      throw error;
    });
    return made;
  };
}

function rule(document: PDFKit.PDFDocument, width: number): void {
  const { y } = document;
  document
    .moveTo(MARGIN, y)
    .lineTo(MARGIN + width, y)
    .strokeColor(LINE)
    .stroke();
  document.y = y + 14;
}

function collect(document: PDFKit.PDFDocument): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    document.on('data', (chunk: Buffer) => chunks.push(chunk));
    document.on('end', () => resolve(Buffer.concat(chunks)));
    document.on('error', reject);
  });
}
