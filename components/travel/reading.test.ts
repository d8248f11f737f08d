import { describe, expect, test } from 'vitest';
import { chunkRefusals, joinRefusals } from '#lib/protocol/travel/refusals.ts';
import {
  bomb,
  chunksOf,
  forgedChunks,
  sampleDocument,
} from '#lib/protocol/travel/testing/sample.ts';
import { writeTravelDocument } from '#lib/protocol/travel/travel-document.ts';
import { finishReading, NOTHING_READ, takeCode, takeText, type Reading } from './reading.ts';

const written = writeTravelDocument({ ...sampleDocument, body: { note: 'für cold-a' } });
if (!written.ok) throw new Error(written.refusal);
const { text } = written;
const codes = await chunksOf(new TextEncoder().encode(text), 100);

const takeAll = (from: Reading, all: readonly string[]): Reading => all.reduce(takeCode, from);

describe('reading a document', () => {
  test('by its codes gives the very text that was written', async () => {
    const reading = await finishReading(takeAll(NOTHING_READ, codes.toReversed()));
    expect(reading).toEqual({ ...NOTHING_READ, text });
  });

  test('as a pasted file takes it as it is, also when codes were read before', async () => {
    const begun = takeAll(NOTHING_READ, codes.slice(1));
    expect(await finishReading(takeText(begun, text))).toEqual({ ...NOTHING_READ, text });
  });

  test('as pasted codes takes each, and says what was wrong with one', async () => {
    const reading = takeText(NOTHING_READ, ` ${codes.join('\r\n')}\n`);
    expect((await finishReading(reading)).text).toBe(text);
    const spoilt = takeText(NOTHING_READ, [...codes, 'hello'].toReversed().join('\n'));
    expect(spoilt.problem).toBe(chunkRefusals['chunk-foreign-form']);
    expect((await finishReading(spoilt)).text).toBe(text);
  });

  test('nothing pasted is said, and changes nothing', () => {
    const begun = takeAll(NOTHING_READ, codes.slice(1));
    expect(takeText(begun, ' \n')).toEqual({ ...begun, problem: 'There is nothing to read.' });
  });

  test('goes on while codes are missing', async () => {
    const begun = takeAll(NOTHING_READ, codes.slice(1));
    expect(await finishReading(begun)).toBe(begun);
  });

  test('a code seen again is no news; one that is not taken is, until a good one comes', () => {
    const begun = takeAll(NOTHING_READ, codes.slice(1));
    expect(takeCode(begun, codes[1] ?? '')).toBe(begun);
    const refused = takeCode(begun, 'https://example.com');
    expect(refused.problem).toBe(chunkRefusals['chunk-foreign-form']);
    expect(takeCode(refused, codes[1] ?? '').problem).toBeNull();
  });

  test('codes that do not add up are dropped with the reason', async () => {
    const forged = takeAll(NOTHING_READ, forgedChunks(bomb(1_000_000), 2));
    expect(await finishReading(forged)).toEqual({
      ...NOTHING_READ,
      problem: joinRefusals['codes-too-large'],
    });
  });
});
