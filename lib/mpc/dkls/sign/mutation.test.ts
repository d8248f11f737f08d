import { describe, expect, test } from 'vitest';
import { joined } from '../bytes.ts';
import { FIELD_BYTES } from '../extension/field.ts';
import type { DklsRefusal } from '../faults.ts';
import { systemRandom } from '../scalars.ts';
import { finishNow } from '../steps.ts';
import { flippedAt, inRound, signerOf, victim } from '../testing/hostile-run.ts';
import { must } from '../testing/pairs.ts';
import { dealSigners, freshSubject } from '../testing/signers.ts';
import { CORRECTIONS } from '../vole/multiply-alice.ts';
import { SIGN_MESSAGE } from './messages.ts';
import { signRound1 } from './round1.ts';
import { signRound2 } from './round2.ts';

const isLong = process.env['COUNTERSIGN_LONG_TESTS'] !== undefined;

type Field = { name: string; length: number; refusals: DklsRefusal[]; isNamed?: boolean };
const field = (name: string, length: number, ...refusals: DklsRefusal[]): Field => ({
  name,
  length,
  refusals,
});
/** Nobody can be named where a lie shows only in a sum over all. */
const unnamed = (of: Field): Field => ({ ...of, isNamed: false });

const header = [
  field('round', 1, 'dkls-session-foreign'),
  field('sender', 1, 'dkls-session-foreign'),
  field('recipient', 1, 'dkls-session-foreign'),
  field('session', 32, 'dkls-session-foreign'),
  field('pair', 32, 'dkls-pair-foreign'),
];
const FIELDS: Record<1 | 2 | 3, Field[]> = {
  1: [
    ...header,
    field('commitment', 32, 'dkls-nonce-unopened'),
    field('U', 128 * 78, 'dkls-transfer-inconsistent'),
    field('x̃', FIELD_BYTES, 'dkls-transfer-inconsistent'),
    field('t̃', 128 * FIELD_BYTES, 'dkls-transfer-inconsistent'),
  ],
  2: [
    ...header,
    unnamed(field('echo', 32, 'dkls-echo-differs')),
    field('R', 33, 'dkls-nonce-unopened', 'dkls-message-malformed'),
    field('blind', 32, 'dkls-nonce-unopened'),
    unnamed(field('PK', 33, 'dkls-key-differs', 'dkls-message-malformed')),
    field('ã', CORRECTIONS, 'dkls-product-inconsistent', 'dkls-message-malformed'),
    field('η', 64, 'dkls-product-inconsistent', 'dkls-message-malformed'),
    field('μ', 32, 'dkls-product-inconsistent'),
    field('Γu', 33, 'dkls-input-inconsistent', 'dkls-message-malformed'),
    field('Γv', 33, 'dkls-input-inconsistent', 'dkls-message-malformed'),
    unnamed(field('ψ', 32, 'dkls-signature-invalid', 'dkls-message-malformed')),
  ],
  3: [
    ...header,
    unnamed(field('u', 32, 'dkls-signature-invalid', 'dkls-message-malformed')),
    unnamed(field('w', 32, 'dkls-signature-invalid', 'dkls-message-malformed')),
  ],
};
const ROUNDS = [1, 2, 3] as const;

const BANNED: ReadonlySet<DklsRefusal> = new Set([
  'dkls-transfer-inconsistent',
  'dkls-product-inconsistent',
  'dkls-input-inconsistent',
]);

/** Plays one changed byte and holds the verdict against the table. */
function expectRefused(round: 1 | 2 | 3, of: Field, place: number, mask: number): void {
  const { outcome, isPairLeft } = victim(inRound(round, (sent) => flippedAt(sent, place, mask)));
  if (outcome.ok) throw new Error(`${of.name}: signed`);
  expect(of.refusals, of.name).toContain(outcome.refusal);
  const isNamed = of.isNamed !== false || outcome.refusal === 'dkls-message-malformed';
  expect(outcome.culprit).toBe(isNamed ? 1 : null);
  expect(outcome.ban).toBe(BANNED.has(outcome.refusal));
  expect(isPairLeft).toBe(!outcome.ban);
}

const fieldsWithPlaces = ROUNDS.flatMap((round) => {
  let start = 0;
  return FIELDS[round].map((of) => {
    const place = start;
    start += of.length;
    return { round, of, start: place, name: `round ${round}, ${of.name}` };
  });
});

describe('a changed byte is refused, its sender named where it can be told, and banned only where a check of secrets failed', () => {
  test('the fields cover the messages', () => {
    for (const round of ROUNDS)
      expect(FIELDS[round].reduce((sum, { length }) => sum + length, 0)).toBe(SIGN_MESSAGE[round]);
    expect(SIGN_MESSAGE).toEqual({ 1: 13_437, 2: 53_639, 3: 131 });
  });

  test.each(fieldsWithPlaces)('$name: first, middle and last byte', ({ round, of, start }) => {
    const places = new Set([start, start + (of.length >> 1), start + of.length - 1]);
    for (const place of places) expectRefused(round, of, place, 1);
  });

  test('anywhere else', () => {
    const runs = isLong ? 2_000 : 24;
    for (let run = 0; run < runs; run += 1) {
      const chosen = fieldsWithPlaces[run % fieldsWithPlaces.length];
      if (!chosen) throw new Error('missing');
      const { round, of, start } = chosen;
      const [a = 0, b = 0, c = 0] = systemRandom(3);
      expectRefused(round, of, start + ((a * 256 + b) % of.length), 1 << (c & 7));
    }
  }, 3_600_000);

  test('a message cut short, too long, empty or missing', () => {
    for (const round of ROUNDS)
      for (const change of [
        (sent: Uint8Array) => sent.slice(0, -1),
        (sent: Uint8Array) => joined(sent, new Uint8Array(1)),
        () => new Uint8Array(),
      ])
        expect(victim(inRound(round, change))).toMatchObject({
          outcome: { ok: false, refusal: 'dkls-message-malformed', culprit: 1, ban: false },
          isPairLeft: true,
        });
    const dealt = dealSigners(2, 2);
    const subject = freshSubject(dealt, [1, 2]);
    const opened = must(finishNow(signRound1(subject, signerOf(dealt, 1))));
    expect(finishNow(signRound2(opened.state, new Map()))).toEqual({
      ok: false,
      refusal: 'dkls-message-missing',
      culprit: 2,
      ban: false,
    });
  });
});
