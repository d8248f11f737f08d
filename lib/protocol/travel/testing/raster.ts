/** A code as pixels, as a camera sees it, for tests. */
import { decodeQR } from 'qr/decode.js';
import type { Modules } from '../qr-code.ts';

type Raster = { width: number; height: number; data: Uint8ClampedArray };

/**
 * @param of.scale pixels of a module.
 * @param of.noise how far each pixel strays from dark or light at most, of 255; always the same way.
 */
export function rasterOf(modules: Modules, { scale = 4, noise = 0 } = {}): Raster {
  const side = modules.length * scale;
  const data = new Uint8ClampedArray(side * side * 4);
  let state = 1;
  for (let at = 0; at < side * side; at += 1) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    const isDark = modules[Math.floor(at / side / scale)]?.[Math.floor((at % side) / scale)];
    const stray = ((state >>> 16) % (noise + 1)) * (isDark ? 1 : -1);
    data.fill((isDark ? 0 : 255) + stray, at * 4, at * 4 + 3);
    data[at * 4 + 3] = 255;
  }
  return { width: side, height: side, data };
}

/** What a reader makes of it. */
export const seen = (raster: Raster): string =>
  decodeQR(raster, { effort: Infinity, timeLimit: Infinity });
