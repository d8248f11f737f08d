import { describe, expect, test } from 'vitest';
import { KEY, TRANSFERS } from '../base-ot/instance.ts';
import { bitOf } from '../bytes.ts';
import type { Fault } from '../faults.ts';
import { finishNow } from '../steps.ts';
import { dealPair, flip, member, must, setUpPair, subjectOf } from '../testing/pairs.ts';
import { answerPair } from './answer.ts';
import { exchangePair } from './exchange.ts';
import { finishPair } from './finish.ts';
import { PAIR_MESSAGE } from './messages.ts';
import { openPair } from './open.ts';
import { PAIR_STATE, parsePair, SESSIONS_REMEMBERED, type PairState } from './state.ts';
import type { PairSubject } from './subject.ts';

const isLong = process.env['COUNTERSIGN_LONG_TESTS'] !== undefined;

/** A set-up takes three seconds of a processor, which a loaded machine makes many of; the long run has a hundred. */
const SLOW = isLong ? 3_600_000 : 300_000;

const subject = subjectOf(1, 2);

/** Whether the keys that `chooser` holds are those of its Δ among both that `sender` holds. */
function transfersFit(chooser: PairState, sender: PairState): boolean {
  const { delta, chosenKeys } = chooser.secrets();
  const { bothKeys } = sender.secrets();
  return Array.from({ length: TRANSFERS }, (_, transfer) => {
    const start = (transfer * 2 + bitOf(delta, transfer)) * KEY;
    return Buffer.from(chosenKeys.subarray(transfer * KEY, (transfer + 1) * KEY)).equals(
      bothKeys.subarray(start, start + KEY),
    );
  }).every(Boolean);
}

const { pairs, messages } = setUpPair(subject);
const [mine, theirs] = pairs;

describe('a pair is set up', () => {
  test('both sides have the same id and seed, and transfers that fit in both directions', () => {
    expect(mine.id).toEqual(theirs.id);
    expect(mine.secrets().zeroSeed).toEqual(theirs.secrets().zeroSeed);
    expect(transfersFit(mine, theirs)).toBe(true);
    expect(transfersFit(theirs, mine)).toBe(true);
  });

  test('in three messages each way, of the documented lengths', () => {
    expect(messages.map(({ length }) => length)).toEqual([
      PAIR_MESSAGE.open,
      PAIR_MESSAGE.open,
      PAIR_MESSAGE.exchange,
      PAIR_MESSAGE.exchange,
      PAIR_MESSAGE.answer,
      PAIR_MESSAGE.answer,
    ]);
    expect(PAIR_MESSAGE).toEqual({ open: 99, exchange: 8_515, answer: 4_259 });
  });

  test(
    'each side chooses for itself, and anew in each set-up: no two Δ are the same',
    () => {
      const another = setUpPair(subjectOf(1, 3)).pairs;
      const deltas = [...pairs, ...another].map((pair) =>
        Buffer.from(pair.secrets().delta).toString('hex'),
      );
      expect(new Set(deltas).size).toBe(4);
      expect(another[0].id).not.toEqual(mine.id);
    },
    SLOW,
  );
});

describe('a state is sealed and read back', () => {
  test('to the same bytes, which have one length', () => {
    const bytes = mine.serialise();
    expect(bytes.length).toBe(PAIR_STATE);
    expect(PAIR_STATE).toBe(12_401);
    const read = parsePair(bytes, subject);
    expect(read?.serialise()).toEqual(bytes);
    expect(read).toMatchObject({ self: 1, peer: 2, id: mine.id });
  });

  const others: [string, PairSubject][] = [
    ['another key', { ...subject, key: 'key-2' }],
    ['another epoch', { ...subject, epoch: 2 }],
    ['another group', { ...subject, groupKey: '03' }],
    ['another peer', { ...subject, peer: member(3) }],
    ['a peer with another key', { ...subject, peer: { ...member(2), identityKey: 'ff' } }],
    ['the other side', flip(subject)],
  ];
  test.each(others)('never as that of %s', (_, other) => {
    expect(parsePair(mine.serialise(), other)).toBeNull();
  });

  test('never from bytes of another length or version', () => {
    const bytes = mine.serialise();
    expect(parsePair(bytes.slice(1), subject)).toBeNull();
    expect(parsePair(new Uint8Array([...bytes, 0]), subject)).toBeNull();
    expect(parsePair(bytes.fill(2, 0, 1), subject)).toBeNull();
  });

  test('not after it was erased, and its secrets are overwritten', () => {
    const [pair] = dealPair(subject);
    const secrets = pair.secrets();
    pair.erase();
    expect(pair.isErased).toBe(true);
    expect(() => pair.serialise()).toThrow();
    for (const bytes of Object.values(secrets))
      expect(bytes.every((byte) => byte === 0)).toBe(true);
  });

  test('a session is entered once; of very many the oldest are forgotten', () => {
    const [pair] = dealPair(subject);
    const session = (number: number): Uint8Array => {
      const bytes = new Uint8Array(32);
      new DataView(bytes.buffer).setUint32(0, number);
      return bytes;
    };
    expect(pair.claim(session(0))).toBe(true);
    expect(pair.claim(session(0))).toBe(false);
    for (let number = 1; number < SESSIONS_REMEMBERED; number += 1) pair.claim(session(number));
    expect(pair.claim(session(0))).toBe(false);
    expect(pair.claim(session(SESSIONS_REMEMBERED))).toBe(true);
    expect(pair.claim(session(0))).toBe(true);
  });
});

/** Runs one side against what an attacker makes of the other side's messages. */
function against(change: (message: Uint8Array, round: number) => Uint8Array): {
  outcome: Fault | PairState;
  /** Id that the honest other side ends with, if it got that far. */
  peerId?: Uint8Array;
} {
  const [a, b] = [openPair(subject), openPair(flip(subject))];
  const a2 = finishNow(exchangePair(a.state, change(b.message, 1)));
  if (!a2.ok) return { outcome: a2 };
  const b2 = must(finishNow(exchangePair(b.state, a.message)));
  const a3 = finishNow(answerPair(a2.state, change(b2.message, 2)));
  if (!a3.ok) return { outcome: a3 };
  const b3 = finishNow(answerPair(b2.state, a2.message));
  // A changed nonce names another set-up, so the honest side refuses before this one can.
  if (!b3.ok) return { outcome: b3 };
  const done = finishNow(finishPair(a3.state, change(b3.message, 3)));
  if (!done.ok) return { outcome: done };
  return {
    outcome: done.pair,
    peerId: must(finishNow(finishPair(b3.state, a3.message))).pair.id,
  };
}

describe('a set-up refuses', () => {
  test(
    'a message cut short, too long, or from another round, direction, set-up, epoch or key',
    () => {
      const all = new Set<string>();
      for (const round of [1, 2, 3]) {
        const tries: ((message: Uint8Array) => Uint8Array)[] = [
          (message) => message.slice(0, -1),
          (message) => new Uint8Array([...message, 0]),
          (message) => message.with(0, (message[0] ?? 0) ^ 1),
          (message) => message.with(1, 3),
          (message) => message.with(2, 2),
          (message) => message.with(1, message[2] ?? 0).with(2, message[1] ?? 0),
          (message) => message.with(20, (message[20] ?? 0) ^ 1),
          () => messages[round * 2 - 1] ?? new Uint8Array(),
        ];
        for (const [which, change] of tries.entries()) {
          // The first message of another set-up of the same pair is as good as any.
          if (round === 1 && which === 7) continue;
          // Each of these costs a whole set-up.
          if (round === 3 && which % 3 !== 1 && !isLong) continue;
          const { outcome } = against((message, at) => (at === round ? change(message) : message));
          expect(outcome).toMatchObject({ ok: false, culprit: 2, ban: false });
          if (!('id' in outcome)) all.add(outcome.refusal);
        }
      }
      expect([...all].toSorted()).toEqual(['dkls-message-malformed', 'dkls-session-foreign']);
    },
    SLOW,
  );

  test('a half of the seed that was not committed to', () => {
    const { outcome } = against((message, round) =>
      round === 2 ? message.with(40, (message[40] ?? 0) ^ 1) : message,
    );
    expect(outcome).toEqual({
      ok: false,
      refusal: 'dkls-seed-unopened',
      culprit: 2,
      ban: false,
    });
  });

  test(
    'any other changed byte, or both sides end with different ids',
    () => {
      const runs = isLong ? 100 : 3;
      for (let run = 0; run < runs; run += 1) {
        const round = (run % 3) + 1;
        const { outcome, peerId } = against((message, at) => {
          if (at !== round) return message;
          const place = 35 + Math.floor(((run + 0.5) / runs) * (message.length - 35));
          return message.with(place, (message[place] ?? 0) ^ 0x10);
        });
        if ('id' in outcome) expect(outcome.id).not.toEqual(peerId);
        else expect(outcome).toMatchObject({ ok: false, culprit: 2, ban: false });
      }
    },
    SLOW,
  );

  test('a step that was taken before', () => {
    const [a, b] = [openPair(subject), openPair(flip(subject))];
    exchangePair(a.state, b.message).next();
    expect(() => exchangePair(a.state, b.message).next()).toThrow();
  });

  test('a pair with itself, and indexes that are none', () => {
    expect(() => openPair(subjectOf(1, 1))).toThrow();
    for (const index of [0, 17, 1.5]) expect(() => openPair(subjectOf(index, 2))).toThrow();
  });
});
