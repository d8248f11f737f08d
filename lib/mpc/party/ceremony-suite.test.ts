import { afterAll, beforeAll, expect, test } from 'vitest';
import type { KeyCeremonyIntent } from '#lib/protocol/key-intents.ts';
import { openColdCustody } from '../testing/cold-custody.ts';
import { openLocalCustody, type LocalCustody } from '../testing/in-process.ts';
import { commonIntent } from '../testing/organisation.ts';
import { rpc } from '../wire/rpc.ts';

let custody: LocalCustody;
beforeAll(() => {
  custody = openLocalCustody();
});
afterAll(() => custody.remove());

const bitcoin = 'bip122:0f9188f13cb7b2c71f2a335e3a4fc328';

const ceremonyFor = (suite: KeyCeremonyIntent['suite'], chain: string): KeyCeremonyIntent => ({
  ...commonIntent(),
  kind: 'key-ceremony',
  key: 'key-warm-1',
  suite,
  threshold: 2,
  parties: ['control', 'custody', 'recovery'],
  vault: { id: 'warm-1', tier: 'warm', chain },
});

const answersTo = async (suite: KeyCeremonyIntent['suite'], chain: string): Promise<string[]> => {
  const bundle = custody.organisation.bundle(ceremonyFor(suite, chain));
  const given = await Promise.all(
    custody.parties.map(({ client }) => client.call(rpc.ceremonyBegin, { bundle })),
  );
  return given.map((answer) => (answer.ok ? answer.value.state : answer.refusal));
};

const each = (refusal: string) => custody.parties.map(() => refusal);

test.each([
  ['FROST-secp256k1-SHA256-TR-v1', 'solana:sandbox'],
  ['DKLS23-secp256k1-SHA256-v1', 'solana:sandbox'],
  ['FROST-ED25519-SHA512-v1', bitcoin],
  ['FROST-ED25519-SHA512-v1', 'eip155:31337'],
  ['FROST-secp256k1-SHA256-TR-v1', 'eip155:31337'],
  ['FROST-ED25519-SHA512-v1', 'cosmos:hub'],
] as const)('no party makes a key of %s for a vault on %s', async (suite, chain) => {
  expect(await answersTo(suite, chain)).toEqual(each('ceremony-suite-unfit'));
});

test('with the suite of its chain the ceremony begins', async () => {
  expect(await answersTo('FROST-ED25519-SHA512-v1', 'solana:sandbox')).toEqual(each('begun'));
  expect(await answersTo('FROST-secp256k1-SHA256-TR-v1', bitcoin)).toEqual(each('begun'));
  for (const chain of [bitcoin, 'eip155:31337'])
    expect(await answersTo('DKLS23-secp256k1-SHA256-v1', chain)).toEqual(each('begun'));
});

test('no party makes a key with a cold one that takes more rounds than are carried', async () => {
  const cold = openColdCustody();
  const begin = async (suite: KeyCeremonyIntent['suite'], tier: 'warm' | 'cold') => {
    const { vault, ...intent } = ceremonyFor(suite, bitcoin);
    const parties = ['control', 'cold-a', 'cold-b'];
    const bundle = cold.organisation.bundle({ ...intent, parties, vault: { ...vault, tier } });
    const given = await cold.control.client.call(rpc.ceremonyBegin, { bundle });
    return given.ok ? given.value.state : given.refusal;
  };
  for (const tier of ['warm', 'cold'] as const)
    expect(await begin('DKLS23-secp256k1-SHA256-v1', tier)).toBe('ceremony-suite-not-cold');
  expect(await begin('FROST-secp256k1-SHA256-TR-v1', 'cold')).toBe('begun');
  cold.remove();
});
