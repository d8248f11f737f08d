/**
 * One custodian's part as text for paper: bech32m (BIP 350) in lower case, which knows a mistyped
 * character from a right one and has none that look alike. The number stands in front in plain
 * digits, so that even an unreadable part can be named.
 *
 * `part-2-of-3-` `1` then 75 characters: format, threshold, eight bytes of the group's fingerprint,
 * the 33 bytes of the part, and the checksum, which covers the front as well.
 */
import { bech32m } from '@scure/base';
import { answered, refused, type Answer } from './answer.ts';
import { Secret } from './secret.ts';

const FORMAT = 1;
const TAG_BYTES = 8;
export const SHARE_BYTES = 33;
const PAYLOAD_BYTES = 2 + TAG_BYTES + SHARE_BYTES;
/** Data characters with the checksum. */
const CODE_LENGTH = Math.ceil((PAYLOAD_BYTES * 8) / 5) + 6;
const GROUP_LENGTH = 5;
/** Up to here the checksum finds every slip of at most four characters. */
const TEXT_MAX = 90;
/** What a file with a part and the words around it may hold at most. */
export const PART_FILE_BYTES_MAX = 16 * 1024;

/** Number, size and what follows; only digits stand in front, so the first `1` after them ends it. */
const front = /^part-(\d{1,2})-of-(\d{1,2})-1(.*)$/u;
const alphabet = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';

export type Part = {
  number: number;
  /** Parts there are. */
  size: number;
  threshold: number;
  /** First bytes of the group's fingerprint, hex. */
  tag: string;
  share: Secret;
};

export const tagOf = (fingerprint: string): string => fingerprint.slice(0, 2 * TAG_BYTES);

export function writePart(of: Omit<Part, 'tag' | 'share'>, tag: string, share: Uint8Array): string {
  const payload = new Uint8Array(PAYLOAD_BYTES);
  payload.set([FORMAT, of.threshold]);
  payload.set(Buffer.from(tag, 'hex'), 2);
  payload.set(share, 2 + TAG_BYTES);
  const text = bech32m.encode(
    `part-${of.number}-of-${of.size}-`,
    bech32m.toWords(payload),
    TEXT_MAX,
  );
  payload.fill(0);
  return text;
}

/** The text in groups of five, in rows as they are printed on cards; spaces and breaks mean nothing. */
export function spacePart(text: string): string {
  const start = text.length - CODE_LENGTH;
  const groups = text.slice(start).match(new RegExp(`.{1,${GROUP_LENGTH}}`, 'gu')) ?? [];
  const rows = [0, 5, 10].map((from) => groups.slice(from, from + 5).join(' '));
  return [text.slice(0, start), ...rows].join('\n');
}

/** The part inside a file or line, without spaces and words before it; null when there is none. */
function findText(given: string): string | null {
  const packed = given.slice(0, PART_FILE_BYTES_MAX).replace(/\s+/gu, '').toLowerCase();
  const start = packed.lastIndexOf('part-');
  return start < 0 ? null : packed.slice(start);
}

/** True for a beginning that lacks only its later characters: rows may be typed one by one. */
export function isUnfinished(given: string): boolean {
  const code = front.exec(findText(given) ?? '')?.[3];
  return code !== undefined && code.length < CODE_LENGTH;
}

const readable = (text: string): boolean => bech32m.decodeUnsafe(text, TEXT_MAX) !== undefined;

/** The group of five in which a single slip would explain the broken checksum; null if unclear. */
function findSlip(text: string): number | null {
  const start = text.length - CODE_LENGTH;
  const places: number[] = [];
  for (let at = start; at < text.length; at += 1) {
    const [before, own, after] = [text.slice(0, at), text.charAt(at), text.slice(at + 1)];
    const substituted = alphabet.split('').some((other) => readable(before + other + after));
    const swapped = after !== '' && readable(before + after.charAt(0) + own + after.slice(1));
    if (substituted || swapped) places.push(at - start);
  }
  const [only, ...more] = places;
  return only === undefined || more.length > 0 ? null : Math.floor(only / GROUP_LENGTH) + 1;
}

function mistyped(text: string, number: string, size: string, code: string): Answer<never> {
  const name = `Part ${number} of ${size}`;
  const compare = 'Compare it with the card, group by group.';
  const spare = code.length - CODE_LENGTH;
  if (spare !== 0)
    return refused(
      'part-mistyped',
      `${name} is mistyped: it is ${Math.abs(spare)} too ${spare < 0 ? 'short' : 'long'}, counted in characters. ${compare}`,
    );
  const slip = findSlip(text);
  const where = slip === null ? compare : `Look at group ${slip}.`;
  return refused('part-mistyped', `${name} is mistyped: its checksum does not fit. ${where}`);
}

/** Reads a typed part, or the one at the end of a file. The group it belongs to is not checked here. */
export function readPart(given: string): Answer<Part> {
  const text = findText(given);
  const beginning = text === null ? null : front.exec(text);
  const [, number = '', size = '', code = ''] = beginning ?? [];
  if (text === null || beginning === null)
    return refused(
      'part-malformed',
      'This is no part: parts begin like “part-2-of-3-”. Type it with that beginning.',
    );
  const decoded = bech32m.decodeUnsafe(text, TEXT_MAX);
  if (!decoded) return mistyped(text, number, size, code);
  const payload = bech32m.fromWordsUnsafe(decoded.words);
  if (payload?.length !== PAYLOAD_BYTES || payload[0] !== FORMAT)
    return refused(
      'part-malformed',
      `Part ${number} of ${size} is in a format this version does not know. Use the version it was made with.`,
    );
  const part = {
    number: Number(number),
    size: Number(size),
    threshold: payload[1] ?? 0,
    tag: Buffer.from(payload.subarray(2, 2 + TAG_BYTES)).toString('hex'),
    share: new Secret(payload.slice(2 + TAG_BYTES)),
  };
  payload.fill(0);
  return answered(part);
}
