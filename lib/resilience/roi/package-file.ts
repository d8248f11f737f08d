/** Files of a package, wherever they lie, and what makes one unreadable. */
import type { Place } from './finding.ts';
import type { RuleId } from './rules.ts';

export type PackageFile = {
  /** Path inside the package, with slashes. */
  path: string;
  /** Bytes as the package says; never more are given out. */
  bytes: number;
  /** Its bytes from the beginning, as often as asked. @throws PackageFault where they can't be had */
  open: () => AsyncIterable<Uint8Array>;
};

/** What keeps a package or one of its files from being read. */
export class PackageFault extends Error {
  override name = 'PackageFault';
  readonly rule: RuleId;
  readonly place: Place;

  constructor(rule: RuleId, sentence: string, place: Place = {}) {
    super(sentence);
    this.rule = rule;
    this.place = place;
  }
}

/** Bytes that can be read at any place: a file, or what was sent. */
export type ByteSource = {
  size: number;
  /** @returns fewer bytes only where the source ends */
  read: (at: number, length: number) => Promise<Uint8Array>;
};

export const bytesSource = (bytes: Uint8Array): ByteSource => ({
  size: bytes.length,
  read: (at, length) => Promise.resolve(bytes.subarray(at, at + length)),
});

const nameMax = 200;

/**
 * Says what is wrong with a name inside a package; null when nothing is. A good one leads nowhere but into the
 * package, on every system.
 */
export function nameFault(name: string): string | null {
  if (name.length === 0 || name.length > nameMax) return 'has a name of no or too many characters';
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  if (/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069]/.test(name))
    return 'has a name with characters that can’t be seen';
  if (/[\\:*?"<>|]/.test(name)) return 'has a name with characters that are not allowed';
  if (name.startsWith('/')) return 'has a name that leads out of the package';
  const parts = name.replace(/\/$/, '').split('/');
  if (parts.some((part) => part === '' || part === '.' || part === '..'))
    return 'has a name that leads out of the package';
  return null;
}
