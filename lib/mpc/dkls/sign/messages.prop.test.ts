import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FieldReader, joined } from '../bytes.ts';
import { flip, subjectOf } from '../testing/pairs.ts';
import { record, signerOf } from '../testing/hostile-run.ts';
import { dealSigners, freshSubject } from '../testing/signers.ts';
import { openPair } from '../pair/open.ts';
import { readOpening, writeOpening } from '../pair/messages.ts';
import { pairBase } from '../pair/subject.ts';
import { HEADER, ownHeader, readAll, type Round } from './header.ts';
import {
  readFirst,
  readSecond,
  readThird,
  SIGN_MESSAGE,
  writeFirst,
  writeSecond,
  writeThird,
} from './messages.ts';
import { sessionOf } from './session.ts';

const dealt = dealSigners(2, 2);
const subject = freshSubject(dealt, [1, 2]);
const honest = record(dealt, subject);
const receiver = sessionOf(subject, signerOf(dealt, 2));
const sender = sessionOf(subject, signerOf(dealt, 1));
const ROUNDS: Round[] = [1, 2, 3];

const READERS = { 1: readFirst, 2: readSecond, 3: readThird } as const;

const readRound = (round: Round, bytes: Uint8Array) =>
  readAll<unknown>(receiver, new Map([[1, bytes]]), {
    round,
    length: SIGN_MESSAGE[round],
    read: READERS[round],
  });

const honestBody = (round: Round): Uint8Array =>
  (honest.get(`${round}:1>2`) ?? new Uint8Array()).slice(HEADER);

describe('messages of signing', () => {
  test('have one spelling: what is read is written as the same bytes', () => {
    const [one, two, three] = ROUNDS.map(honestBody) as [Uint8Array, Uint8Array, Uint8Array];
    expect(writeFirst(readFirst(new FieldReader(one)))).toEqual(one);
    expect(writeSecond(readSecond(new FieldReader(two)))).toEqual(two);
    expect(writeThird(readThird(new FieldReader(three)))).toEqual(three);
  });

  test('any bytes behind a right header are read or refused by their sender’s name, and never throw', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...ROUNDS),
        fc.uint8Array({ minLength: 1, maxLength: 64 }),
        fc.integer({ min: -2, max: 2 }),
        fc.nat(),
        (round, noise, longer, place) => {
          const body = new Uint8Array(SIGN_MESSAGE[round] - HEADER + longer);
          body.set(honestBody(round).subarray(0, body.length));
          body.set(noise.subarray(0, body.length), place % (body.length - noise.length));
          const outcome = readRound(round, joined(ownHeader(sender, round, 2), body));
          if (outcome.ok) expect(longer).toBe(0);
          else
            expect(outcome).toEqual({
              ok: false,
              refusal: 'dkls-message-malformed',
              culprit: 1,
              ban: false,
            });
        },
      ),
    );
  });

  test('any bytes at all are refused without a ban', () => {
    fc.assert(
      fc.property(fc.constantFrom(...ROUNDS), fc.uint8Array({ maxLength: 300 }), (round, bytes) => {
        expect(readRound(round, bytes)).toMatchObject({ ok: false, culprit: 1, ban: false });
      }),
    );
  });
});

describe('messages of a set-up', () => {
  const mine = subjectOf(1, 2);
  const header = { from: 2, to: 1, id: pairBase(mine) };

  test('have one spelling', () => {
    const { message } = openPair(flip(mine));
    const read = readOpening(message, header);
    if (!read.ok) throw new Error('refused');
    expect(writeOpening(header, read.fields)).toEqual(message);
  });

  test('any bytes at all are refused without a ban', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 90, maxLength: 110 }), (bytes) => {
        expect(readOpening(bytes, header)).toMatchObject({ ok: false, culprit: 2, ban: false });
      }),
    );
  });
});
