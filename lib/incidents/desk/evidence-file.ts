/**
 * Which files are taken as evidence. A name says what a file is and its first bytes must agree; archives are
 * looked into, so that none unfolds to more than a person can look at. Nothing is ever run or shown from here:
 * evidence is handed out as a download only. Pure.
 */
import { strFromU8, Unzip, UnzipInflate } from 'fflate';
import { ok, refuse, type Refused, type Result } from '#lib/platform/result.ts';

export const evidenceLimits = {
  /** Bytes of one file. */
  bytes: 10_485_760,
  files: 100,
  /** What an archive may unfold to. */
  unfolded: 67_108_864,
  entries: 1_000,
  /** How many times larger than itself an archive may unfold. */
  ratio: 100,
} as const;

type Look = (bytes: Uint8Array) => boolean;
const begins =
  (...codes: number[]): Look =>
  (bytes) =>
    codes.every((code, at) => bytes[at] === code);

function isText(bytes: Uint8Array): boolean {
  if (bytes.includes(0)) return false;
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}
const isZip = begins(0x50, 0x4b, 0x03, 0x04);

/** Every kind of file that is taken, by the ending of its name. */
export const evidenceKinds: Readonly<Record<string, { type: string; look: Look; archive?: true }>> =
  {
    pdf: { type: 'application/pdf', look: begins(0x25, 0x50, 0x44, 0x46, 0x2d) },
    png: { type: 'image/png', look: begins(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a) },
    jpg: { type: 'image/jpeg', look: begins(0xff, 0xd8, 0xff) },
    jpeg: { type: 'image/jpeg', look: begins(0xff, 0xd8, 0xff) },
    txt: { type: 'text/plain', look: isText },
    log: { type: 'text/plain', look: isText },
    csv: { type: 'text/csv', look: isText },
    json: { type: 'application/json', look: isText },
    eml: { type: 'message/rfc822', look: isText },
    zip: { type: 'application/zip', look: isZip, archive: true },
    xlsx: {
      type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      look: isZip,
      archive: true,
    },
    docx: {
      type: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
      look: isZip,
      archive: true,
    },
  };

/** What people read when they choose a file. */
export const evidenceEndings = Object.keys(evidenceKinds).join(', ');

export type EvidenceRefusal =
  | 'name-invalid'
  | 'type-forbidden'
  | 'type-mismatch'
  | 'too-large'
  | 'empty'
  | 'archive-broken'
  | 'archive-bomb'
  | 'archive-nested';

/** How archives begin, whatever they are called; office documents are archives as well. */
const archiveLooks: readonly Look[] = [
  isZip,
  // A zip without files, and a part of a divided one.
  begins(0x50, 0x4b, 0x05, 0x06),
  begins(0x50, 0x4b, 0x07, 0x08),
  begins(0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c),
  begins(0x52, 0x61, 0x72, 0x21, 0x1a, 0x07),
  begins(0x1f, 0x8b),
  (bytes) => /^BZh[1-9]1AY&SY/.test(strFromU8(bytes.subarray(0, 10), true)),
  begins(0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00),
  (bytes) => strFromU8(bytes.subarray(257, 262), true) === 'ustar',
];
/** Bytes of a file that are looked at for it. */
const headBytes = 262;

const archiveEnding = /\.(?:zip|7z|rar|gz|bz2|xz|tar|jar|docm|xlsm|iso)$/i;
/** Letters, digits, blanks and what names are made of; no path, nothing hidden, nothing that turns a line round. */
const goodName = /^[\p{L}\p{N}][\p{L}\p{M}\p{N} ._()+-]*$/u;
/** Endings of what runs when it is opened: in front of another ending they are there to mislead. */
const running = /\.(?:exe|scr|pif|bat|cmd|msi|lnk|hta|vbs|ps1|jar)\./i;
const device = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;

/** Media type of a file that is taken; the refusal of one that is not. */
export function readEvidenceFile(
  name: string,
  bytes: Uint8Array,
): Result<{ mediaType: string }, EvidenceRefusal> {
  const named = name.normalize('NFC').trim();
  if (named.length > 120 || !goodName.test(named) || named.includes('..') || device.test(named))
    return refuse(
      'name-invalid',
      'Give the file a name of letters, digits, blanks, dots and hyphens, without folders, of at most 120 characters.',
    );
  const misleading = running.exec(named)?.[0].slice(0, -1);
  if (misleading !== undefined)
    return refuse(
      'name-invalid',
      `The name has two endings, and "${misleading}" is that of a program. Give the file a name with one ending.`,
    );
  const ending = named.includes('.') ? named.slice(named.lastIndexOf('.') + 1).toLowerCase() : '';
  const kind = Object.hasOwn(evidenceKinds, ending) ? evidenceKinds[ending] : undefined;
  if (!kind)
    return refuse(
      'type-forbidden',
      `${ending === '' ? 'A file whose name has no ending' : `A file that ends in ".${ending}"`} is not taken as evidence. These are: ${evidenceEndings}.`,
    );
  if (bytes.length === 0) return refuse('empty', 'The file is empty.');
  if (bytes.length > evidenceLimits.bytes)
    return refuse('too-large', 'A file of evidence has at most 10 MiB.');
  if (!kind.look(bytes))
    return refuse('type-mismatch', `The content of the file is not what ".${ending}" says.`);
  const fault = kind.archive ? findArchiveFault(bytes) : null;
  return fault ?? ok({ mediaType: kind.type });
}

type Fault = Refused<EvidenceRefusal>;
const broken = (): Fault =>
  refuse('archive-broken', 'The archive can’t be read. It may be broken, cut off or encrypted.');

const nested = (): Fault =>
  refuse(
    'archive-nested',
    'The archive holds another one, or an office document, which is one too. Send what is inside it by itself.',
  );

/** Unfolds an archive without keeping anything of it, and stops at the first limit. */
function findArchiveFault(bytes: Uint8Array): Fault | null {
  let unfolded = 0;
  let entries = 0;
  let fault: Fault | null = null;
  const most = Math.min(evidenceLimits.unfolded, bytes.length * evidenceLimits.ratio);
  const stop = (found: Fault): never => {
    // The reader tells of what is thrown at it as an error of its own.
    fault ??= found;
    throw new Error(found.refusal.sentence);
  };
  const unzip = new Unzip((file) => {
    entries += 1;
    if (entries > evidenceLimits.entries)
      stop(refuse('archive-bomb', `The archive holds more than ${evidenceLimits.entries} files.`));
    if (archiveEnding.test(file.name)) stop(nested());
    const head = new Uint8Array(headBytes);
    let read = 0;
    file.ondata = (error, chunk) => {
      if (error) stop(broken());
      if (read < headBytes) {
        head.set(chunk.subarray(0, headBytes - read), read);
        read = Math.min(headBytes, read + chunk.length);
        if (archiveLooks.some((look) => look(head))) stop(nested());
      }
      unfolded += chunk.length;
      if (unfolded > most)
        stop(refuse('archive-bomb', 'The archive unfolds to far more than its own size.'));
    };
    file.start();
  });
  unzip.register(UnzipInflate);
  try {
    for (let at = 0; at < bytes.length; at += 16_384)
      unzip.push(bytes.subarray(at, at + 16_384), at + 16_384 >= bytes.length);
  } catch {
    return fault ?? broken();
  }
  // One whose list of contents is missing was cut off.
  const tail = strFromU8(bytes.subarray(Math.max(0, bytes.length - 66_000)), true);
  return entries > 0 && tail.includes('PK\u0005\u0006') ? null : broken();
}
