import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { strToU8, zipSync, type Zippable } from 'fflate';
import { expect, test } from 'vitest';
import { checkPackage, checkSentPackage } from './check-package.ts';
import { readSentPackage } from './read-package.ts';
import { filesOf, newFolder, sampleName, zipOf } from './testing/packages.ts';

const name = `${sampleName}.zip`;
const good = zipOf(filesOf());

async function onlyFault(bytes: Uint8Array): Promise<{ rule: string; sentence: string }> {
  const findings = await checkSentPackage(bytes, name);
  const faults = findings.filter(({ rule }) => rule === 'package' || rule === 'package-bounds');
  expect(faults).toHaveLength(1);
  const read = await readSentPackage(bytes, name);
  expect('refused' in read).toBe(true);
  const [{ rule, sentence } = { rule: '', sentence: '' }] = faults;
  return { rule, sentence };
}

test.each([
  ['../../etc/passwd'],
  ['/etc/passwd'],
  ['C:/autoexec.bat'],
  ['a\\..\\b.csv'],
  ['a//b.csv'],
  ['./a.csv'],
  ['a\u0000b.csv'],
  ['a\u202ecsv.exe'],
])('a file named %j is refused, and nothing of the zip is read', async (path) => {
  const { rule, sentence } = await onlyFault(
    zipSync({ [path]: strToU8('x'), [`${sampleName}/reports/b_01.01.csv`]: strToU8('c0010\n') }),
  );
  expect(rule).toBe('package');
  expect(sentence).toMatch(/has a name|can’t be read/);
});

/** Where a record of the zip begins that has a signature. */
function placeOf(bytes: Uint8Array, signature: number, from = 0): number {
  const look = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = from; at + 4 <= bytes.length; at += 1)
    if (look.getUint32(at, true) === signature) return at;
  throw new Error('There is no such record');
}
const listed = 0x0201_4b50;
const ending = 0x0605_4b50;

/** The last file of the list is a template, which an import reads, too. */
function lastListed(bytes: Uint8Array): number {
  let at = placeOf(bytes, listed);
  for (let index = 1; index < filesOf().size; index += 1) at = placeOf(bytes, listed, at + 4);
  return at;
}

function patched(change: (look: DataView, list: number, end: number) => void): Uint8Array {
  const bytes = good.slice();
  const look = new DataView(bytes.buffer);
  change(look, lastListed(bytes), placeOf(bytes, ending));
  return bytes;
}

test.each<[what: string, bytes: () => Uint8Array, said: string]>([
  ['an empty file', () => new Uint8Array(0), 'it is no zip'],
  ['a text', () => strToU8('this is no zip, but long enough for one'), 'no list of contents'],
  ['half a zip', () => good.slice(0, good.length / 2), 'no list of contents'],
  [
    'a zip with something behind it',
    () => Buffer.concat([good, Buffer.from('more')]),
    'no list of contents',
  ],
  [
    'an encrypted file',
    () => patched((look, list) => look.setUint16(list + 8, 1, true)),
    'is encrypted',
  ],
  [
    'another way of packing',
    () => patched((look, list) => look.setUint16(list + 10, 12, true)),
    'packed in a way',
  ],
  [
    'a link',
    () =>
      patched((look, list) => {
        look.setUint8(list + 5, 3);
        look.setUint32(list + 38, 0o120777 * 65_536, true);
      }),
    'is a link',
  ],
  [
    'a file that is more than it says',
    () => patched((look, list) => look.setUint32(list + 24, 3, true)),
    'unfolds to more',
  ],
  [
    'a file that is less than it says',
    () => patched((look, list) => look.setUint32(list + 24, 30_000, true)),
    'is damaged',
  ],
  ['a wrong sum', () => patched((look, list) => look.setUint32(list + 16, 1, true)), 'is damaged'],
  [
    'a file that unfolds enormously',
    () => patched((look, list) => look.setUint32(list + 24, 0x7fff_ffff, true)),
    'unfolds to more than a register has',
  ],
  [
    'a file in another',
    () =>
      patched((look, list) => {
        const first = placeOf(good, listed);
        look.setUint32(list + 42, look.getUint32(first + 42, true), true);
      }),
    'lies inside another file',
  ],
  [
    'an offset beyond the end',
    () => patched((look, list) => look.setUint32(list + 42, 0x7fff_ffff, true)),
    'cut off',
  ],
  [
    'more files than are listed',
    () => patched((look, _, end) => look.setUint16(end + 10, 5, true)),
    'list of contents is wrong',
  ],
  [
    'fewer files than are listed',
    () => patched((look, _, end) => look.setUint16(end + 10, 400, true)),
    'list of contents is wrong',
  ],
  [
    'the kind for 4 GiB',
    () => patched((look, _, end) => look.setUint32(end + 16, 0xffff_ffff, true)),
    '4 GiB',
  ],
  [
    'a part of several',
    () => patched((look, _, end) => look.setUint16(end + 4, 1, true)),
    'one part of several',
  ],
])('%s is refused with its reason', async (_, bytes, said) => {
  expect((await onlyFault(bytes())).sentence).toContain(said);
});

test('a file that unfolds to a thousand times its size is refused before it is read', async () => {
  const bomb = zipSync(
    { [`${sampleName}/reports/b_01.01.csv`]: new Uint8Array(20_000_000) },
    { level: 9 },
  );
  expect(bomb.length).toBeLessThan(40_000);
  expect(await onlyFault(bomb)).toEqual({
    rule: 'package-bounds',
    sentence: `${sampleName}/reports/b_01.01.csv unfolds to far more than its own size.`,
  });
});

test('what an import would hold in memory is bounded more narrowly than what a check streams', async () => {
  // Nine files of 15 MiB each: packed small, and under every other bound.
  const bytes = zipSync(
    Object.fromEntries(
      Array.from({ length: 9 }, (_, at) => [
        `${sampleName}/reports/x${at}.csv`,
        new Uint8Array(15 * 1_048_576),
      ]),
    ),
  );
  const read = await readSentPackage(bytes, name);
  expect('refused' in read && read.refused[0]).toMatchObject({ rule: 'package-bounds' });
});

test('a bomb that lies about its size stops where it goes beyond what it said', async () => {
  const bomb = zipSync(
    { [`${sampleName}/reports/b_01.01.csv`]: new Uint8Array(20_000_000) },
    { level: 9 },
  );
  new DataView(bomb.buffer).setUint32(placeOf(bomb, listed) + 24, 1_000, true);
  expect((await onlyFault(bomb)).sentence).toContain('unfolds to more than the zip says');
});

test('names that only some systems tell apart are one name', async () => {
  const files: Zippable = {
    'a/reports/b_01.01.csv': strToU8('x'),
    'a/reports/B_01.01.csv': strToU8('y'),
  };
  expect((await onlyFault(zipSync(files))).sentence).toContain('is in it twice');
});

test('five hundred and one files are too many', async () => {
  const files = Object.fromEntries(
    Array.from({ length: 501 }, (_, at) => [`a/${at}`, strToU8('x')]),
  );
  expect((await onlyFault(zipSync(files))).rule).toBe('package-bounds');
});

test('whatever bytes are sent, the answer is findings, never a crash', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 4_000 }), async (bytes) => {
      expect((await checkSentPackage(bytes, name)).length).toBeGreaterThan(0);
      expect('refused' in (await readSentPackage(bytes, name))).toBe(true);
    }),
    { numRuns: 200 },
  );
});

test('whatever is changed in a good zip, the answer is findings or the same register', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(good.length - 1), fc.integer({ min: 1, max: 255 }), async (at, by) => {
      const bytes = good.slice();
      bytes[at] = ((bytes[at] ?? 0) + by) % 256;
      await checkSentPackage(bytes, name);
      await readSentPackage(bytes, name);
    }),
    { numRuns: 80 },
  );
});

test('whatever a template says, the answer is findings, never a crash', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(
        'reports/b_02.02.csv',
        'reports/parameters.csv',
        'reports/FilingIndicators.csv',
        'reports/report.json',
      ),
      fc.oneof(
        fc.string({ unit: 'binary', maxLength: 300 }).map(strToU8),
        fc.uint8Array({ maxLength: 300 }),
      ),
      async (path, bytes) => {
        const files = filesOf();
        files.set(path, bytes);
        expect((await checkSentPackage(zipOf(files), name)).length).toBeGreaterThan(0);
      },
    ),
    { numRuns: 60 },
  );
});

test('a device or a plain text at the path is a finding', async () => {
  const path = join(newFolder(), 'register.zip');
  writeFileSync(path, 'no zip');
  expect((await checkPackage(path)).map(({ rule }) => rule)).toEqual(['package']);
  expect((await checkPackage('/dev/null')).map(({ rule }) => rule)).toEqual(['package']);
});
