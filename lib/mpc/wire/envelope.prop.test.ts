import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { hexOf } from './encoding.ts';
import {
  everyone,
  openRound,
  sealEnvelope,
  type EnvelopeHeader,
  type RoundExpectation,
} from './envelope.ts';
import { generateIdentitySecrets, identityFrom } from './identity.ts';
import { openPrivate, sealPrivate } from './private-payload.ts';

const sender = identityFrom(generateIdentitySecrets());
const receiver = identityFrom(generateIdentitySecrets());
const header: EnvelopeHeader = {
  v: 1,
  ceremony: 'ab'.repeat(32),
  key: 'key-warm-1',
  epoch: 1,
  round: 1,
  from: 'custody',
  to: everyone,
  seq: 1,
};
const payload = z.strictObject({ share: hexOf(32) });
const good = sealEnvelope(sender, header, { share: '11'.repeat(32) });
const expected: RoundExpectation<z.infer<typeof payload>> = {
  ceremony: header.ceremony,
  key: header.key,
  epoch: 1,
  round: 1,
  to: everyone,
  seq: 1,
  senders: new Map([['custody', sender.identityKey]]),
  payload,
};

/** Every place in the envelope at which one character can be another. */
const text = JSON.stringify(good);

describe('envelopes', () => {
  test('a genuine one opens', () => {
    const opened = openRound([good], expected);
    expect(opened.ok && opened.messages.get('custody')?.payload.share).toBe('11'.repeat(32));
  });

  test('with any one character changed never opens, and nothing throws', () => {
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.integer({ min: 32, max: 126 }), (place, code) => {
        const character = String.fromCharCode(code);
        if (text[place] === character) return;
        const changed = text.slice(0, place) + character + text.slice(place + 1);
        let candidate: unknown;
        try {
          candidate = JSON.parse(changed);
        } catch {
          return;
        }
        expect(openRound([candidate], expected).ok).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  test('anything at all is refused without throwing', () => {
    fc.assert(
      fc.property(fc.array(fc.anything(), { maxLength: 4 }), (candidates) => {
        expect(openRound(candidates, expected).ok).toBe(false);
      }),
    );
  });

  test('an authentic message with a payload of another shape is blamed on its sender', () => {
    for (const odd of [{ share: '11'.repeat(31) }, { share: '11'.repeat(32), more: 1 }, {}])
      expect(openRound([sealEnvelope(sender, header, odd)], expected)).toEqual({
        ok: false,
        refusal: 'envelope-malformed',
        party: 'custody',
      });
  });
});

describe('private payloads', () => {
  const direct = { ...header, to: 'control' };
  const plain = new Uint8Array(32).fill(7);
  const open = (of: EnvelopeHeader, sealed: { ephemeral: string; box: string }) =>
    openPrivate(receiver.exchangeKey, receiver.agreementKey, of, sealed);

  test('open for their receiver under their own header only', () => {
    const sealed = sealPrivate(receiver.exchangeKey, direct, plain);
    expect(open(direct, sealed)).toEqual(plain);
    const changes: Partial<EnvelopeHeader>[] = [
      { ceremony: 'cd'.repeat(32) },
      { key: 'key-warm-2' },
      { epoch: 2 },
      { round: 2 },
      { from: 'recovery' },
      { to: 'recovery' },
      { seq: 2 },
    ];
    for (const change of changes) expect(open({ ...direct, ...change }, sealed)).toBeNull();
    const other = openPrivate(sender.exchangeKey, sender.agreementKey, direct, sealed);
    expect(other).toBeNull();
  });

  test('with any bit changed do not open', () => {
    const sealed = sealPrivate(receiver.exchangeKey, direct, plain);
    const box = Buffer.from(sealed.box, 'base64url');
    fc.assert(
      fc.property(fc.nat(box.length * 8 - 1), (bit) => {
        const changed = Buffer.from(box);
        changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        expect(open(direct, { ...sealed, box: changed.toString('base64url') })).toBeNull();
      }),
    );
  });

  test('a public key of small order, or none, does not open and does not throw', () => {
    const sealed = sealPrivate(receiver.exchangeKey, direct, plain);
    for (const ephemeral of ['00'.repeat(32), '01' + '00'.repeat(31), 'ff'.repeat(32)])
      expect(open(direct, { ...sealed, ephemeral })).toBeNull();
    expect(open(direct, { ...sealed, box: 'AA' })).toBeNull();
  });

  test('the same content never makes the same box', () => {
    const boxes = Array.from(
      { length: 50 },
      () => sealPrivate(receiver.exchangeKey, direct, plain).box,
    );
    expect(new Set(boxes).size).toBe(50);
  });
});
