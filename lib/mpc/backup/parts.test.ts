import { bech32m } from '@scure/base';
import { combine } from 'shamir-secret-sharing';
import { beforeAll, describe, expect, test } from 'vitest';
import type { GroupRecord } from './group.ts';
import { groupFingerprint } from './group.ts';
import { isRecoveryKey } from './hpke.ts';
import { checkPart, joinParts, type PartsOf } from './join-parts.ts';
import { makeBackupGroup, type CustodianPart } from './make-group.ts';
import { isUnfinished, readPart, spacePart, tagOf, writePart, type Part } from './part-text.ts';
import { Secret } from './secret.ts';
import { madeAt, parsed, people, realm, valueOf } from './testing/vault.ts';

type Made = { record: GroupRecord; parts: CustodianPart[]; of: PartsOf };

async function make(threshold: number, size: number, id = 'keep-control'): Promise<Made> {
  const { record, parts } = valueOf(
    await makeBackupGroup({
      ...realm,
      id,
      party: 'control',
      threshold,
      custodians: people(size),
      madeAt,
    }),
  );
  return { record, parts, of: { ...realm, group: record.group, record } };
}

let made: Made;
const text = (number: number): string => made.parts[number - 1]?.text ?? '';
const read = (...numbers: number[]): Part[] => parsed(numbers.map(text));

beforeAll(async () => {
  made = await make(3, 5);
});

const refusalOf = (answer: { ok: boolean; refusal?: string }): string =>
  answer.ok ? 'ok' : (answer.refusal ?? '');

/** A part as only its holder could forge it: the front and checksum are right, the secret is not. */
function forged(number: number): Part {
  const { record } = made;
  const tag = tagOf(groupFingerprint(realm, record.group));
  const share = new Uint8Array(33).fill(7);
  share[32] = 200 + number;
  return valueOf(readPart(writePart({ number, size: 5, threshold: 3 }, tag, share)));
}

describe('the parts of a recovery key', () => {
  test('any threshold of them rebuild it, in any order, and so do more', async () => {
    for (const numbers of [
      [1, 2, 3],
      [5, 3, 1],
      [2, 4, 5],
      [1, 2, 3, 4, 5],
    ]) {
      const key = valueOf(await joinParts(made.of, read(...numbers)));
      expect(isRecoveryKey(made.record.group.publicKey, key.privateKey)).toBe(true);
      expect(key.numbers).toEqual(numbers.slice(0, 3));
    }
  });

  test('one fewer is refused, and gives nothing of the key', async () => {
    const answer = await joinParts(made.of, read(1, 4));
    expect(refusalOf(answer)).toBe('too-few-parts');
    expect(answer).toMatchObject({ sentence: expect.stringContaining('1 more is needed') });
    const shares = read(1, 4).map(({ share }) => share.use((bytes) => bytes.slice()));
    const guess = new Secret(await combine(shares));
    expect(isRecoveryKey(made.record.group.publicKey, guess)).toBe(false);
  });

  test('with one fewer, every value of the key is still possible: each has a last part that gives it', async () => {
    const two = read(1, 4).map(({ share }) => share.use((bytes) => bytes.slice()));
    const free = [...Array(255).keys()]
      .map((place) => place + 1)
      .find((place) => two.every((share) => share[32] !== place));
    const seen = new Set<number>();
    for (let value = 0; value < 256; value += 1) {
      const last = new Uint8Array(33).fill(value);
      last[32] = free ?? 0;
      seen.add((await combine([...two, last]))[0] ?? -1);
    }
    expect(seen.size).toBe(256);
  });

  test('of two groups never mix, even where everything but the key is the same', async () => {
    const other = await make(3, 5);
    const stranger = parsed([other.parts[0]?.text ?? ''])[0] as Part;
    expect(refusalOf(checkPart(made.of, stranger))).toBe('part-of-another-group');
    const answer = await joinParts(made.of, [...read(2, 3), stranger]);
    expect(answer).toMatchObject({
      refusal: 'part-of-another-group',
      sentence: expect.stringMatching(/Part 1 of 5 .*keep-control/u),
    });
  });

  test('the same part twice counts once, and is said', async () => {
    expect(refusalOf(await joinParts(made.of, read(1, 2, 2)))).toBe('part-twice');
  });

  test("a part that its holder changed is named by the ceremony's record", async () => {
    const answer = await joinParts(made.of, [...read(1, 2), forged(4)]);
    expect(answer).toMatchObject({
      refusal: 'part-not-genuine',
      sentence: expect.stringContaining('Part 4 of 5'),
    });
  });

  test('without the record a changed part still gives no key', async () => {
    const of = { ...made.of, record: null };
    const answer = await joinParts(of, [...read(1, 2), forged(4)]);
    expect(answer).toMatchObject({
      refusal: 'part-not-genuine',
      sentence: expect.stringContaining('Parts 1, 2, 4'),
    });
    const clash = forged(4);
    const place = read(1)[0]?.share.use((bytes) => bytes[32]) ?? 0;
    clash.share.use((bytes) => bytes.set([place], 32));
    expect(refusalOf(await joinParts(of, [...read(1, 2), clash]))).toBe('part-not-genuine');
  });

  test('the record of another group says nothing about this one', async () => {
    const other = await make(3, 5);
    expect((await joinParts({ ...made.of, record: other.record }, read(1, 2, 3))).ok).toBe(true);
  });
});

describe('a group that could not do its work is never made', () => {
  test.each([
    ['one part would open it', { threshold: 1, custodians: people(3) }],
    ['it asks for more parts than there are', { threshold: 4, custodians: people(3) }],
    ['a custodian is in it twice', { threshold: 2, custodians: [...people(2), ...people(1)] }],
  ])('%s', async (_why, draft) => {
    const answer = await makeBackupGroup({ ...realm, id: 'g', party: 'control', madeAt, ...draft });
    expect(refusalOf(answer)).toBe('group-unsound');
  });
});

describe('a part on paper', () => {
  test('is read with spaces, line breaks, capitals and the words of the card before it', () => {
    const card = `Countersign: part 2 of 5\nHolder: p-bbbbbbbbbb\n\n${spacePart(text(2)).toUpperCase()}\n`;
    const part = valueOf(readPart(card));
    expect(part).toMatchObject({ number: 2, size: 5, threshold: 3 });
    const own = read(2)[0]?.share.use((bytes) => [...bytes]);
    expect(part.share.use((bytes) => [...bytes])).toEqual(own);
  });

  test('may be typed row by row: it is known when one is still missing', () => {
    const rows = spacePart(text(2)).split('\n');
    expect(rows).toHaveLength(4);
    for (let count = 1; count <= rows.length; count += 1)
      expect(isUnfinished(rows.slice(0, count).join('\n'))).toBe(count < rows.length);
    expect(isUnfinished('')).toBe(false);
    expect(isUnfinished('nothing of the kind')).toBe(false);
  });

  test('has no character that could be taken for another', () => {
    expect(text(3).slice('part-3-of-5-1'.length)).toMatch(/^[02-9ac-hj-np-z]{75}$/u);
    expect(spacePart(text(3)).split(/[ \n]/u)).toHaveLength(16);
  });

  test('with two-digit numbers still fits the length up to which every slip is found', () => {
    const longest = writePart(
      { number: 16, size: 16, threshold: 16 },
      'ff'.repeat(8),
      new Uint8Array(33).fill(0xff),
    );
    expect(longest).toHaveLength(90);
    expect(valueOf(readPart(longest))).toMatchObject({ number: 16, size: 16, threshold: 16 });
  });

  test('with one character wrong in any group is refused, named, and the slip is shown where it is', () => {
    const right = text(2);
    const start = 'part-2-of-5-1'.length;
    for (let at = start; at < right.length; at += 4) {
      const wrong = right.charAt(at) === 'q' ? 'p' : 'q';
      const answer = readPart(right.slice(0, at) + wrong + right.slice(at + 1));
      const group = Math.floor((at - start) / 5) + 1;
      expect(answer).toMatchObject({
        refusal: 'part-mistyped',
        sentence: `Part 2 of 5 is mistyped: its checksum does not fit. Look at group ${group}.`,
      });
    }
  });

  test('with two neighbours swapped is refused', () => {
    const right = text(4);
    for (let at = 'part-4-of-5-1'.length; at < right.length - 1; at += 4) {
      const [left, next] = [right.charAt(at), right.charAt(at + 1)];
      if (left === next) continue;
      const answer = readPart(right.slice(0, at) + next + left + right.slice(at + 2));
      expect(refusalOf(answer)).toBe('part-mistyped');
    }
  });

  test.each([
    ['its number changed', (part: string) => part.replace('part-2', 'part-3'), 'part-mistyped'],
    ['a character left out', (part: string) => part.slice(0, -1), 'part-mistyped'],
    ['a character too many', (part: string) => `${part}q`, 'part-mistyped'],
    ['a character that is none', (part: string) => part.replace(/.$/u, 'b'), 'part-mistyped'],
    ['its beginning left out', (part: string) => part.slice(14), 'part-malformed'],
    ['nothing in it', () => '', 'part-malformed'],
    [
      'a megabyte of noise before it',
      (part: string) => 'x'.repeat(1_000_000) + part,
      'part-malformed',
    ],
  ])('with %s is refused', (_what, change, refusal) => {
    expect(refusalOf(readPart(change(text(2))))).toBe(refusal);
  });

  test('of a later format is told from a slip', () => {
    const payload = new Uint8Array(43).fill(2);
    const later = bech32m.encode('part-1-of-2-', bech32m.toWords(payload), 90);
    expect(readPart(later)).toMatchObject({
      refusal: 'part-malformed',
      sentence: expect.stringContaining('in a format this version does not know'),
    });
  });
});
