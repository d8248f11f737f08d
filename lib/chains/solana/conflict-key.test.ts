import { expect, it } from 'vitest';
import { conflictKeyOf, nonceOfConflictKey } from './conflict-key.ts';

const tie = { nonceAccount: 'NonceAccount', anchor: 'Value', feePayer: 'FeePayer' };
const nonce = { account: 'NonceAccount', value: 'Value' };

it('a conflict key names its nonce, also one on record from before keys named the fee account', () => {
  expect(nonceOfConflictKey(conflictKeyOf(tie))).toEqual(nonce);
  expect(nonceOfConflictKey('solana:nonce:NonceAccount:Value')).toEqual(nonce);
});

it.each(['', 'solana:nonce', 'solana:nonce:a', 'solana:nonce::b', 'evm:nonce:a:b:c'])(
  '%j is no conflict key',
  (text) => expect(() => nonceOfConflictKey(text)).toThrow('no conflict key'),
);
