/** Which files of a request are kept, by what they begin with, and under which name. Pure. */
import { shownText } from '#lib/protocol/free-text.ts';

/** Bytes of one file, 10 MiB. */
export const keptBytesMax = 10_485_760;
const nameCharacters = 120;

export type KeptType = 'application/pdf' | 'image/png' | 'image/jpeg' | 'text/plain';

const begins = (bytes: Uint8Array, ...codes: number[]): boolean =>
  codes.every((code, at) => bytes[at] === code);

/**
 * Its kind by what it begins with, whatever it is called; null for what is not kept.
 * @param said what its sender or the browser says that it is, which counts for plain text alone.
 */
export function kindOf(bytes: Uint8Array, said: string): KeptType | null {
  if (begins(bytes, 0x25, 0x50, 0x44, 0x46, 0x2d)) return 'application/pdf';
  if (begins(bytes, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return 'image/png';
  if (begins(bytes, 0xff, 0xd8, 0xff)) return 'image/jpeg';
  return said === 'text/plain' && isPlain(bytes) ? 'text/plain' : null;
}

function isPlain(bytes: Uint8Array): boolean {
  if (bytes.includes(0)) return false;
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/**
 * A name with no folder, nothing hidden, nothing that turns a line round, no dot in front.
 * @param otherwise the name where nothing is left of it.
 */
export function nameOf(given: string | null, otherwise: string): string {
  const name = shownText((given ?? '').toWellFormed().normalize('NFC'))
    .replaceAll(/[\\/:*?"<>|]/gu, '_')
    .replaceAll(/\.{2,}/gu, '.')
    .replace(/^[. ]+/u, '')
    .trim();
  return name === '' ? otherwise : Array.from(name).slice(0, nameCharacters).join('');
}
