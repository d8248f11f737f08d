/** What a party takes as proof that an address is an own vault's, where it holds no share of the key. */
import { describe, expect, test } from 'vitest';
import { decide } from './decide.ts';
import type { OwnVault } from './policy.ts';
import { acceptedInput, changeTo, coldVault, nextPolicy } from './testing/every-kind.ts';
import { inputFor, policy, withdrawal } from './testing/sample.ts';
import { receiptOf, receiptsOf, rosterThatSigns, signReceipt } from './testing/vault-receipts.ts';
import { findUnproved, isVouchedFor } from './vault-proof.ts';
import { signedVaultReceipt } from './vault-receipt.ts';

const named = { vault: coldVault.id, chain: coldVault.chain, address: coldVault.address };
const elsewhere = 'BPFLoaderUpgradeab1e11111111111111111111111';
const two = receiptsOf(named, ['control', 'custody']);
const [one, other] = two;
if (!one || !other) throw new Error('two parties vouch');

const held = inputFor(withdrawal).party.vaults;
/** At a party that holds no share of the named vault. */
const answerTo = (ownVaults: OwnVault[], inForce: OwnVault[] = []): string => {
  const current = { ...policy, ownVaults: inForce };
  const intent = changeTo(nextPolicy({ ownVaults }, current));
  const input = acceptedInput(intent);
  const answer = decide({
    ...input,
    roster: rosterThatSigns,
    policy: current,
    party: { ...input.party, vaults: held },
  });
  return answer.ok ? 'yes' : answer.refusal;
};

describe('a policy that names an own vault', () => {
  test('is taken over where as many holders as sign together vouch for it, and refused below', () => {
    expect(answerTo([{ ...named, receipts: two }])).toBe('yes');
    expect(
      answerTo([{ ...named, receipts: receiptsOf(named, ['control', 'custody', 'recovery']) }]),
    ).toBe('yes');
    expect(answerTo([named])).toBe('own-vault-unproved');
    expect(
      answerTo([
        { ...named, receipts: receiptsOf(named, ['control', 'custody'], { threshold: 3 }) },
      ]),
    ).toBe('own-vault-unproved');
  });

  test('needs no receipts for what the policy in force has word for word, and needs them for anything else', () => {
    expect(answerTo([named], [named])).toBe('yes');
    expect(answerTo([], [named])).toBe('yes');
    expect(answerTo([{ ...named, address: elsewhere }], [named])).toBe('own-vault-unproved');
    expect(answerTo([{ ...named, vault: 'cold-2' }], [named])).toBe('own-vault-unproved');
    // What vouched for it is not dropped, nor made up, without anybody's look.
    expect(answerTo([named], [{ ...named, receipts: two }])).toBe('own-vault-unproved');
    const forged = [one, { ...other, signature: 'ab'.repeat(64) }];
    expect(answerTo([{ ...named, receipts: forged }], [named])).toBe('own-vault-unproved');
    expect(answerTo([{ ...named, receipts: two }], [named])).toBe('yes');
  });

  test('is refused for one unproved entry among proved ones', () => {
    const next = {
      ownVaults: [
        { ...named, receipts: two },
        { ...named, vault: 'cold-2' },
      ],
    };
    expect(findUnproved(next, {}, rosterThatSigns)?.vault).toBe('cold-2');
  });
});

describe('receipts vouch for nothing', () => {
  const cases: [string, OwnVault][] = [
    ['when one party gave two', { ...named, receipts: [one, one] }],
    [
      'when one party speaks in the name of two',
      { ...named, receipts: [one, signReceipt(one.receipt, 'control', 'custody')] },
    ],
    [
      'when a signature is of another key',
      { ...named, receipts: [one, { ...other, signature: one.signature }] },
    ],
    [
      'when they do not say the same',
      { ...named, receipts: [one, signReceipt(receiptOf(named, { tier: 'hot' }), 'custody')] },
    ],
    [
      'when they are of parties that the roster does not name',
      {
        ...named,
        receipts: receiptsOf(named, ['control', 'cold-z'], { holders: ['control', 'cold-z'] }),
      },
    ],
    [
      'when they are of pinned parties that they do not name as holders',
      {
        ...named,
        receipts: receiptsOf(named, ['control', 'custody'], { holders: ['custody', 'recovery'] }),
      },
    ],
    ['for another address', { ...named, address: elsewhere, receipts: two }],
    ['for another vault', { ...named, vault: 'cold-2', receipts: two }],
    ['on another chain', { ...named, chain: 'solana:mainnet', receipts: two }],
    [
      'in another organisation',
      { ...named, receipts: receiptsOf(named, ['control', 'custody'], { organisation: 'other' }) },
    ],
    [
      'in another environment',
      {
        ...named,
        receipts: receiptsOf(named, ['control', 'custody'], { environment: 'production' }),
      },
    ],
    ['when one of three is bad', { ...named, receipts: [...two, { ...other, party: 'recovery' }] }],
    ['when there are none', { ...named, receipts: [] }],
  ];

  test.each(cases)('%s', (_, entry) => {
    expect(isVouchedFor(entry, rosterThatSigns)).toBe(false);
  });

  test('with a threshold of one', () => {
    const alone = signReceipt(receiptOf(named, { threshold: 1 }), 'control');
    expect(signedVaultReceipt.safeParse(alone).success).toBe(false);
    expect(signedVaultReceipt.safeParse(one).success).toBe(true);
  });
});
