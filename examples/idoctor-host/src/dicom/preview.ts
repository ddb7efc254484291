import { PNG } from 'pngjs';
import type { Slice } from './intensity.js';

/** The longer side of a preview, in pixels, at most. */
const MAX_SIDE = 1024;

/** From the 1st to the 99th percentile, so that a few bright pixels do not darken the rest. */
function windowFromPercentiles({ header, pixels }: Slice): { center: number; width: number } {
  const { slope, intercept, paddingValue } = header;
  const sorted = pixels.filter((stored) => stored !== paddingValue).sort();
  const at = (part: number) => (sorted[Math.round(part * (sorted.length - 1))] ?? 0) * slope + intercept;
  const [a, b] = [at(0.01), at(0.99)];
  return { center: (a + b) / 2, width: Math.max(1, Math.abs(b - a)) };
}

/** The linear VOI function (PS3.3 section C.11.2.1.2.1) onto 0 to 255. */
function brightness(value: number, { center, width }: { center: number; width: number }): number {
  if (width <= 1) return value <= center - 0.5 ? 0 : 255;
  const part = (value - (center - 0.5)) / (width - 1) + 0.5;
  return Math.round(Math.min(1, Math.max(0, part)) * 255);
}

/**
 * An 8-bit grayscale PNG of one slice, through the window that the file names or else one of percentiles.
 * Images with a side over 1,024 pixels are thinned out.
 */
export function renderPreview(slice: Slice): Buffer {
  const { rows, columns, slope, intercept, inverted, window } = slice.header;
  const step = Math.ceil(Math.max(rows, columns) / MAX_SIDE);
  const [width, height] = [Math.ceil(columns / step), Math.ceil(rows / step)];
  const voi = window ?? windowFromPercentiles(slice);
  const png = new PNG({ width, height, colorType: 0, inputColorType: 0, inputHasAlpha: false, bitDepth: 8 });
  const data = Buffer.alloc(width * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const stored = slice.pixels[y * step * columns + x * step]!;
      const value = brightness(stored * slope + intercept, voi);
      data[y * width + x] = inverted ? 255 - value : value;
    }
  }
  png.data = data;
  return PNG.sync.write(png, { colorType: 0, inputColorType: 0, inputHasAlpha: false, bitDepth: 8 });
}
