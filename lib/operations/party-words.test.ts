import { describe, expect, it } from 'vitest';
import { wordAbout } from './party-words.ts';

const operation = '0b0f2c9e-5f0e-4f0e-9d2c-0f7c1f2a3b4c';
const of = { operation, number: 'WD-2026-000004', key: null };
const at = new Date('2026-11-27T12:00:05.000Z');
const decided = '2026-11-27T12:00:00.000Z';

const report = (status: object) => ({ at, status: { ok: true, status } });
const last = (event: string, change: object = {}) =>
  report({ lastDecision: { at: decided, event, operation, refusal: null, ...change } });

describe('what a party itself says of an operation', () => {
  it('is nothing where it was never asked, did not answer, or said what cannot be read', () => {
    expect(wordAbout(undefined, of)).toMatchObject({ at: null, answers: false, says: [] });
    for (const status of [{ ok: false, refusal: 'party-silent' }, null, 'yes', { ok: true }])
      expect(wordAbout({ at, status }, of)).toMatchObject({
        at: at.toISOString(),
        answers: false,
        says: [],
      });
  });

  it('is its newest decision with the time that it names, only where that is about this one', () => {
    expect(wordAbout(last('decided'), of).says).toEqual([
      { at: decided, words: 'Agreed to take part in WD-2026-000004.' },
    ]);
    const other = '3f5b0a52-9a51-4a76-8f5e-2f0a7c6d1e2f';
    expect(wordAbout(last('signed', { operation: other }), of)).toMatchObject({
      answers: true,
      says: [],
      hasSigned: false,
    });
  });

  it('counts as signed only where it says that its part is out or the signature is there', () => {
    expect(
      ['decided', 'confirmed', 'released', 'signed', 'refused'].map((event) => [
        event,
        wordAbout(last(event), of).hasSigned,
      ]),
    ).toEqual([
      ['decided', false],
      ['confirmed', false],
      ['released', true],
      ['signed', true],
      ['refused', false],
    ]);
  });

  it('gives the reason of a refusal', () => {
    const [said] = wordAbout(last('refused', { refusal: 'vault-frozen' }), of).says;
    expect(said?.words).toMatch(/^Refused WD-2026-000004: The vault is frozen\./);
  });

  it('tells of its wait, of a freeze that it keeps, and of the key that the operation is about', () => {
    const until = '2026-11-27T13:00:00.000Z';
    const word = wordAbout(
      report({
        waits: [{ operation, kind: 'policy-change', until }],
        freezes: [{ operation, since: decided, scope: null }],
        keys: [
          { key: 'key-hot-1', epoch: 2, state: 'usable' },
          { key: 'key-warm-1', epoch: 7, state: 'usable' },
        ],
      }),
      { ...of, key: 'key-hot-1' },
    );
    expect(word.waitsUntil).toBe(until);
    expect(word.says.map(({ words }) => words)).toEqual([
      'It keeps WD-2026-000004 as a freeze that stands.',
      'It waits with WD-2026-000004.',
      'It keeps key key-hot-1 at epoch 2; it is usable.',
    ]);
  });
});
