/** From the text of a code to its dark and light modules, and to one path of a picture. Pure, without zod. */
import { encodeQR } from 'qr';
import { QUIET_MODULES } from './code-size.ts';

/** Rows of modules, true for dark; the quiet zone is part of it. */
export type Modules = readonly (readonly boolean[])[];

/**
 * Error correction M: 15 in 100 code words may be lost, which is the usual choice for screens.
 * @param text characters of the alphanumeric mode only, as `writeChunk` makes them.
 */
export const drawModules = (text: string): Modules =>
  encodeQR(text, 'raw', { ecc: 'medium', encoding: 'alphanumeric', border: QUIET_MODULES });

/** The same for text of any kind, such as an address, whose small letters count. */
export const drawText = (text: string): Modules =>
  encodeQR(text, 'raw', { ecc: 'medium', encoding: 'byte', border: QUIET_MODULES });

/** SVG path data of the dark modules, one unit each: every run in a row is one bar. */
export function modulesPath(modules: Modules): string {
  const bars: string[] = [];
  modules.forEach((row, y) => {
    let start = 0;
    while (start < row.length) {
      if (!row[start]) {
        start += 1;
        continue;
      }
      const light = row.indexOf(false, start);
      const end = light === -1 ? row.length : light;
      bars.push(`M${start} ${y}h${end - start}v1h${start - end}z`);
      start = end;
    }
  });
  return bars.join('');
}
