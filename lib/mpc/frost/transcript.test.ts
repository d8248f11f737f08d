/** Stored keys and messages under way rest on these ids, so they stay what they were. */
import { expect, test } from 'vitest';
import type { SigningPart } from '#lib/chains/decoded.ts';
import { ceremonyBaseId, signingBaseId, type SigningSubject } from './transcript.ts';
import { refreshBaseId } from './refresh-transcript.ts';

const members = [1, 2, 3].map((index) => ({
  name: `party-${index}`,
  index,
  identityKey: `0${index}`.repeat(32),
  exchangeKey: `1${index}`.repeat(32),
}));
const common = {
  suite: 'FROST-ED25519-SHA512-v1',
  key: 'key-warm-1',
  intentDigest: 'ab'.repeat(32),
} as const;
const ceremony = { ...common, epoch: 1, threshold: 2, members, rosterDigest: 'cd'.repeat(32) };

test('ids of Ed25519 keys are those of before there were other suites', () => {
  expect(ceremonyBaseId(ceremony)).toBe(
    'c739b482705f0cd4b069bbc1d433924cc67ca5629defc0709288407fce2379dd',
  );
  expect(
    refreshBaseId({
      ...ceremony,
      epoch: 2,
      publicKey: 'ef'.repeat(32),
      before: { ceremony: '34'.repeat(32), transcript: '56'.repeat(32) },
    }),
  ).toBe('a0ed6615eb1d54827085355d757668853c4f5a42ebde1f9e0c4f7c49167a0adc');
});

test('the same ceremony with another suite has another id', () => {
  expect(ceremonyBaseId({ ...ceremony, suite: 'FROST-secp256k1-SHA256-TR-v1' })).not.toBe(
    ceremonyBaseId({ ...ceremony, suite: 'DKLS23-secp256k1-SHA256-v1' }),
  );
});

test('a signing session has another id for other bytes, other parts or another order of them', () => {
  const one: SigningPart = { bytes: 'aa'.repeat(32), path: [5, 0, 1, 0], tweak: 'taproot' };
  const two: SigningPart = { bytes: 'bb'.repeat(32), path: [5, 0, 1, 1], tweak: 'taproot' };
  const subject: SigningSubject = {
    ...common,
    epoch: 1,
    publicKey: `02${'ef'.repeat(32)}`,
    attempt: 1,
    messageDigest: '12'.repeat(32),
    quorum: members.slice(0, 2),
    parts: [one, two],
  };
  const others: SigningSubject[] = [
    { ...subject, messageDigest: '13'.repeat(32) },
    { ...subject, parts: [one] },
    { ...subject, parts: [two, one] },
    { ...subject, parts: [one, two, two] },
    { ...subject, parts: [one, { ...two, tweak: 'none' as const }] },
    { ...subject, parts: [one, { ...two, path: [5, 0, 11] }] },
  ];
  const ids = new Set([subject, ...others].map((of) => signingBaseId(of)));
  expect(ids.size).toBe(1 + others.length);
});
