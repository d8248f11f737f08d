/**
 * Reads a zip without trusting it: by its list of contents, each entry within the bounds, unfolded as a stream and cut
 * off where it grows beyond what the list says. Nothing is written anywhere.
 */
import { Readable, pipeline } from 'node:stream';
import { crc32, createInflateRaw } from 'node:zlib';
import { roiBounds } from './bounds.ts';
import { nameFault, PackageFault, type ByteSource, type PackageFile } from './package-file.ts';

const endBytes = 22;
const commentMax = 65_535;
const recordBytes = 46;
const localBytes = 30;
const chunkBytes = 65_536;
const listMax = 1_048_576;

type Entry = {
  name: string;
  flags: number;
  method: number;
  crc: number;
  packed: number;
  unpacked: number;
  at: number;
  isLink: boolean;
};

const broken = (why: string) => new PackageFault('package', `The zip can’t be read: ${why}.`);
const beyond = (why: string) => new PackageFault('package-bounds', why);
const view = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

async function readAt(source: ByteSource, at: number, length: number): Promise<Uint8Array> {
  const bytes = at < 0 || length < 0 ? new Uint8Array(0) : await source.read(at, length);
  if (bytes.length < length) throw broken('it was cut off');
  return bytes;
}

/** Where the list of contents lies: the record that ends exactly where the file does. */
async function findList(source: ByteSource): Promise<{ at: number; bytes: number; count: number }> {
  const tailBytes = Math.min(source.size, endBytes + commentMax);
  const tail = await readAt(source, source.size - tailBytes, tailBytes);
  const look = view(tail);
  for (let at = tailBytes - endBytes; at >= 0; at -= 1) {
    if (look.getUint32(at, true) !== 0x0605_4b50) continue;
    if (look.getUint16(at + 20, true) !== tailBytes - endBytes - at) continue;
    if (look.getUint16(at + 4, true) !== 0 || look.getUint16(at + 6, true) !== 0)
      throw broken('it is one part of several');
    const count = look.getUint16(at + 10, true);
    const bytes = look.getUint32(at + 12, true);
    const from = look.getUint32(at + 16, true);
    if (count === 0xffff || bytes === 0xffff_ffff || from === 0xffff_ffff)
      throw beyond('The zip is of the kind for more than 4 GiB, which no register needs.');
    if (from + bytes > source.size - tailBytes + at) throw broken('its list of contents is wrong');
    return { at: from, bytes, count };
  }
  throw broken('it has no list of contents, so it may be cut off or no zip');
}

function nameOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw broken('it has names that are not UTF-8');
  }
}

const unixSystem = 3;
const fileKindMask = 0o170_000;
const linkKind = 0o120_000;

function entriesOf(list: Uint8Array, count: number): Entry[] {
  const look = view(list);
  const entries: Entry[] = [];
  let at = 0;
  for (let index = 0; index < count; index += 1) {
    if (at + recordBytes > list.length || look.getUint32(at, true) !== 0x0201_4b50)
      throw broken('its list of contents is wrong');
    const nameBytes = look.getUint16(at + 28, true);
    const end = at + recordBytes + nameBytes;
    if (end > list.length) throw broken('its list of contents is wrong');
    entries.push({
      name: nameOf(list.subarray(at + recordBytes, end)),
      flags: look.getUint16(at + 8, true),
      method: look.getUint16(at + 10, true),
      crc: look.getUint32(at + 16, true),
      packed: look.getUint32(at + 20, true),
      unpacked: look.getUint32(at + 24, true),
      at: look.getUint32(at + 42, true),
      isLink:
        look.getUint8(at + 5) === unixSystem &&
        ((look.getUint32(at + 38, true) >>> 16) & fileKindMask) === linkKind,
    });
    at = end + look.getUint16(at + 30, true) + look.getUint16(at + 32, true);
  }
  if (at !== list.length) throw broken('its list of contents is wrong');
  return entries;
}

const encrypted = 0x1;
const hidden = 0x2000;

function checkEntry({ name, flags, method, packed, unpacked, isLink }: Entry): void {
  const fault = nameFault(name);
  if (fault !== null)
    throw new PackageFault('package', `A file in the zip ${fault}, so nothing of it is read.`);
  if ((flags & (encrypted | hidden)) !== 0) throw broken(`${name} is encrypted`);
  if (isLink) throw broken(`${name} is a link, not a file`);
  if (method !== 0 && method !== 8) throw broken(`${name} is packed in a way that is not taken`);
  if (method === 0 && packed !== unpacked) throw broken(`${name} has two sizes`);
  if (unpacked > roiBounds.fileBytes) throw beyond(`${name} unfolds to more than a register has.`);
  if (unpacked > roiBounds.ratioFrom && unpacked > packed * roiBounds.ratio)
    throw beyond(`${name} unfolds to far more than its own size.`);
  if (name.endsWith('/') && unpacked !== 0) throw broken(`${name} is a folder with a content`);
}

function checkNames(entries: readonly Entry[]): void {
  const known = new Set<string>();
  for (const { name } of entries) {
    // Some systems tell capital letters from small ones, some do not.
    const folded = name.normalize('NFC').toLowerCase();
    if (known.has(folded)) throw broken(`${name} is in it twice`);
    known.add(folded);
  }
}

/** Where the bytes of an entry begin; its own header must say what the list says. */
async function findData(source: ByteSource, entry: Entry): Promise<number> {
  const header = await readAt(source, entry.at, localBytes);
  const look = view(header);
  if (look.getUint32(0, true) !== 0x0403_4b50) throw broken(`${entry.name} is not where it says`);
  const nameBytes = look.getUint16(26, true);
  const name = await readAt(source, entry.at + localBytes, nameBytes);
  if (nameOf(name) !== entry.name) throw broken(`${entry.name} has two names`);
  return entry.at + localBytes + nameBytes + look.getUint16(28, true);
}

async function* packedBytes(source: ByteSource, from: number, length: number) {
  for (let done = 0; done < length; done += chunkBytes)
    yield await readAt(source, from + done, Math.min(chunkBytes, length - done));
}

async function* unpackedBytes(source: ByteSource, entry: Entry, from: number) {
  const packed = packedBytes(source, from, entry.packed);
  // An error of the source reaches whoever reads through the last stream.
  const bytes =
    entry.method === 0
      ? packed
      : pipeline(Readable.from(packed), createInflateRaw(), () => undefined);
  let length = 0;
  let sum = 0;
  try {
    for await (const chunk of bytes as AsyncIterable<Uint8Array>) {
      length += chunk.length;
      if (length > entry.unpacked)
        throw beyond(`${entry.name} unfolds to more than the zip says of it.`);
      sum = crc32(chunk, sum);
      yield chunk;
    }
  } catch (error) {
    if (error instanceof PackageFault) throw error;
    throw broken(`${entry.name} is damaged`);
  }
  if (length !== entry.unpacked || sum !== entry.crc) throw broken(`${entry.name} is damaged`);
}

/**
 * Files of a zip, without its folders.
 * @param totalBytes that all of them may unfold to
 * @throws PackageFault for one that can't be read or goes beyond the bounds
 */
export async function readZip(
  source: ByteSource,
  totalBytes: number = roiBounds.totalBytes,
): Promise<PackageFile[]> {
  if (source.size > roiBounds.zipBytes) throw beyond('The zip is larger than a register can be.');
  if (source.size < endBytes) throw broken('it is no zip');
  const { at, bytes, count } = await findList(source);
  if (count > roiBounds.entries || bytes > listMax)
    throw beyond(`The zip holds more than ${roiBounds.entries} files.`);
  const entries = entriesOf(await readAt(source, at, bytes), count);
  for (const entry of entries) checkEntry(entry);
  checkNames(entries);
  if (entries.reduce((sum, { unpacked }) => sum + unpacked, 0) > totalBytes)
    throw beyond('The zip unfolds to more than a register has.');
  const files: PackageFile[] = [];
  let free = 0;
  for (const entry of entries.toSorted((a, b) => a.at - b.at)) {
    if (entry.at < free) throw broken(`${entry.name} lies inside another file`);
    const from = await findData(source, entry);
    free = from + entry.packed;
    if (free > at) throw broken(`${entry.name} lies outside the zip`);
    if (!entry.name.endsWith('/'))
      files.push({
        path: entry.name,
        bytes: entry.unpacked,
        open: () => unpackedBytes(source, entry, from),
      });
  }
  return files;
}
