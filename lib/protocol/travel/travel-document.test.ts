import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalize } from '../intent.ts';
import { TRAVEL_BYTES_MAX } from './limits.ts';
import type { TravelRefusal } from './refusals.ts';
import {
  readTravelDocument,
  travelFileName,
  travelWords,
  writeTravelDocument,
  type ExpectedTravel,
} from './travel-document.ts';
import { sampleDocument } from './testing/sample.ts';

const now = '2026-11-27T09:00:00.000Z';
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const read = (text: string, expected?: ExpectedTravel, at = now) =>
  readTravelDocument(bytesOf(text), { now: at, ...(expected ? { expected } : {}) });

function written(document: Parameters<typeof writeTravelDocument>[0] = sampleDocument) {
  const answer = writeTravelDocument(document);
  if (!answer.ok) throw new Error(answer.refusal);
  return answer;
}

/** A file whose digest is right, whatever stands in it. */
const sealed = (json: string): string =>
  `countersign/travel/v1\nsha256 ${createHash('sha256').update(json).digest('hex')}\n${json}\n`;

describe('a written document', () => {
  test('is three lines, whose digest any tool can check', () => {
    const { text, digest } = written();
    const canonical = canonicalize(sampleDocument);
    expect(text).toBe(sealed(canonical));
    expect(digest).toBe(createHash('sha256').update(canonical).digest('hex'));
  });

  test('reads back as it was, with and without its last line break', () => {
    const { text, digest } = written();
    const answer = { ok: true, document: sampleDocument, digest };
    expect(read(text)).toEqual(answer);
    expect(read(text.trimEnd())).toEqual(answer);
  });

  test('has twelve words to compare and a file name without anything secret', () => {
    expect(travelWords(written().digest)).toHaveLength(12);
    expect(travelFileName(sampleDocument)).toBe('signing-request-3fa9c1d2-1.txt');
  });

  test('that would be too large is refused; one that is none is a fault of the caller', () => {
    expect(writeTravelDocument({ ...sampleDocument, body: 'x'.repeat(TRAVEL_BYTES_MAX) })).toEqual({
      ok: false,
      refusal: 'travel-too-large',
    });
    expect(() => writeTravelDocument({ ...sampleDocument, step: 0 })).toThrow();
    expect(() => writeTravelDocument({ ...sampleDocument, body: undefined })).toThrow();
    expect(() => writeTravelDocument({ ...sampleDocument, body: { at: new Date() } })).toThrow();
  });
});

describe('what is wrong is named', () => {
  const { text } = written();
  const json = (change: Record<string, unknown>) =>
    sealed(canonicalize({ ...sampleDocument, ...change }));
  test.each<[string, string, TravelRefusal]>([
    ['an empty file', '', 'travel-not-ours'],
    ['another file', 'Dear colleague,\n', 'travel-not-ours'],
    ['a byte order mark before it', `\ufeff${text}`, 'travel-not-ours'],
    ['a later version', text.replace('travel/v1\n', 'travel/v2\n'), 'travel-unknown-version'],
    ['a line more', `${text}\n`, 'travel-damaged'],
    ['Windows line breaks', text.replaceAll('\n', '\r\n'), 'travel-unknown-version'],
    ['a line less', text.split('\n').slice(0, 2).join('\n'), 'travel-damaged'],
    ['a body that was changed', text.replace('aa', 'ab'), 'travel-damaged'],
    [
      'a digest in capitals',
      text.replace(/sha256 .*/, (line) => line.toUpperCase()),
      'travel-damaged',
    ],
    ['no JSON', sealed('hello'), 'travel-malformed'],
    ['JSON that is not canonical', sealed(JSON.stringify(sampleDocument)), 'travel-malformed'],
    [
      'a field twice',
      sealed(canonicalize(sampleDocument).replace('{', '{"step":1,')),
      'travel-malformed',
    ],
    ['a field more', json({ comment: '' }), 'travel-malformed'],
    ['another type inside', json({ type: 'countersign/travel/v2' }), 'travel-malformed'],
    ['a kind that is no slug', json({ kind: '../etc' }), 'travel-malformed'],
    ['a kind that is too long', json({ kind: 'a'.repeat(41) }), 'travel-malformed'],
    ['an end before the beginning', json({ expiresAt: sampleDocument.madeAt }), 'travel-malformed'],
    ['a day that there is not', json({ madeAt: '2026-02-30T08:00:00.000Z' }), 'travel-malformed'],
    [
      'nesting without end',
      sealed(
        canonicalize(sampleDocument).replace(
          '["aa","bb"]',
          `${'['.repeat(9000)}${']'.repeat(9000)}`,
        ),
      ),
      'travel-malformed',
    ],
    ['too many bytes', text + ' '.repeat(TRAVEL_BYTES_MAX), 'travel-too-large'],
  ])('%s', (_, spoilt, refusal) => {
    expect(read(spoilt)).toEqual({ ok: false, refusal });
  });

  test('a missing body', () => {
    const { body: _, ...rest } = sampleDocument;
    expect(read(sealed(canonicalize(rest)))).toEqual({ ok: false, refusal: 'travel-malformed' });
  });

  test('bytes that are not text', () => {
    const answer = readTravelDocument(Uint8Array.of(0xff, 0xfe, 0), { now });
    expect(answer).toEqual({ ok: false, refusal: 'travel-not-ours' });
  });

  test.each<[string, TravelRefusal | null]>([
    ['2026-11-27T07:58:59.999Z', 'travel-from-the-future'],
    ['2026-11-27T07:59:00.000Z', null],
    ['2026-11-28T07:59:59.999Z', null],
    ['2026-11-28T08:00:00.000Z', 'travel-expired'],
  ])('read at %s: %s', (at, refusal) => {
    const answer = read(text, undefined, at);
    expect(answer.ok ? null : answer.refusal).toBe(refusal);
  });

  test.each<[ExpectedTravel, TravelRefusal]>([
    [{ organisation: 'other-custody' }, 'travel-other-organisation'],
    [{ environment: 'production' }, 'travel-other-environment'],
    [{ to: 'cold-b' }, 'travel-misaddressed'],
    [{ from: 'hot-a' }, 'travel-other-sender'],
    [{ kind: 'signing-answer' }, 'travel-other-kind'],
    [{ trip: '00'.repeat(32) }, 'travel-other-trip'],
    [{ step: 2 }, 'travel-out-of-step'],
  ])('awaited %j: %s', (expected, refusal) => {
    expect(read(text, expected)).toEqual({ ok: false, refusal });
    expect(read(text, { organisation: 'meridian-custody', to: 'cold-a', step: 1 }).ok).toBe(true);
  });
});

test('any byte changed on the way is noticed', () => {
  const bytes = bytesOf(written().text);
  fc.assert(
    fc.property(fc.nat(bytes.length - 2), fc.integer({ min: 1, max: 255 }), (at, difference) => {
      const spoilt = bytes.map((byte, index) => (index === at ? byte ^ difference : byte));
      const answer = readTravelDocument(spoilt, { now });
      expect(answer.ok ? 'taken' : answer.refusal).toMatch(
        /^travel-(?:damaged|not-ours|unknown-version)$/,
      );
    }),
    { numRuns: 1000 },
  );
});
