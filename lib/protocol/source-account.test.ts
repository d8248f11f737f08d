/** Vaults in which every owner has an account: whose assets pay for what. */
import { expect, test } from 'vitest';
import { decide } from './decide.ts';
import type { DecideInput } from './decide-input.ts';
import type { MovingIntent } from './intent.ts';
import { acceptedInput, coldVault, vaultTransfer } from './testing/every-kind.ts';
import { VAULT_ADDRESS, withdrawal } from './testing/sample.ts';

const own = 'BPFLoaderUpgradeab1e11111111111111111111111';
const inCold = 'Vote111111111111111111111111111111111111111';
const house = 'Stake11111111111111111111111111111111111111';

const answerTo = (input: DecideInput): string => {
  const answer = decide(input);
  return answer.ok ? 'yes' : answer.refusal;
};

type Paying = { from?: string; to?: string; feePayer?: string };

/** At a party that derives accounts of the intent's owner in both vaults. */
function withAccounts(intent: MovingIntent, paying: Paying = {}): DecideInput {
  const input = acceptedInput(intent);
  const accounts = [
    { vault: 'warm-1', address: own },
    { vault: coldVault.id, address: inCold },
  ];
  return {
    ...input,
    party: { ...input.party, accounts },
    transaction: input.transaction && {
      ...input.transaction,
      from: own,
      feePayer: own,
      to: intent.destination.address,
      ...paying,
    },
  };
}

const clientPays = { ...withdrawal, feeBearer: withdrawal.client };

test('a withdrawal leaves from the client’s own account, which bears the fee by name', () => {
  expect(answerTo(withAccounts(clientPays))).toBe('yes');
});

test('a withdrawal never leaves from the vault’s own address where clients have accounts', () => {
  expect(answerTo(withAccounts(clientPays, { from: VAULT_ADDRESS, feePayer: VAULT_ADDRESS }))).toBe(
    'transaction-source-differs',
  );
});

test('no other account pays the fee of a client who bears it', () => {
  for (const feePayer of [VAULT_ADDRESS, inCold, house])
    expect(answerTo(withAccounts(clientPays, { feePayer }))).toBe('transaction-fee-payer-differs');
});

test('a client’s account never pays a fee that the intent gives to the custodian', () => {
  for (const intent of [withdrawal, { ...withdrawal, feeBearer: 'custodian' as const }])
    for (const feePayer of [own, inCold, VAULT_ADDRESS])
      expect(answerTo(withAccounts(intent, { feePayer }))).toBe('transaction-fee-from-vault');
  expect(answerTo(withAccounts(withdrawal, { feePayer: house }))).toBe('yes');
});

test('nobody bears a fee for somebody else’s account', () => {
  expect(answerTo(withAccounts({ ...withdrawal, feeBearer: 'C-20419' }))).toBe(
    'fee-bearer-differs',
  );
});

const moves = (changes: Partial<typeof vaultTransfer>) => ({
  ...vaultTransfer,
  owner: 'C-20418',
  feeBearer: 'C-20418',
  destination: { vault: coldVault.id, address: inCold },
  ...changes,
});

test('a transfer moves one owner’s assets to that owner’s account in the other vault', () => {
  expect(answerTo(withAccounts(moves({})))).toBe('yes');
  expect(answerTo(withAccounts(moves({ owner: null, feeBearer: 'custodian' })))).toBe('yes');
  const toVault = moves({ destination: { vault: coldVault.id, address: coldVault.address } });
  expect(answerTo(withAccounts(toVault))).toBe('transfer-destination-differs');
});

test('a transfer whose destination this party can’t derive is not signed', () => {
  const input = withAccounts(moves({}));
  const accounts = [{ vault: 'warm-1', address: own }];
  expect(answerTo({ ...input, party: { ...input.party, accounts } })).toBe(
    'transfer-destination-unknown',
  );
});

test('the custodian’s own transfer is not paid for by a client', () => {
  const intent = moves({ owner: null, feeBearer: 'C-20418' });
  expect(answerTo(withAccounts(intent))).toBe('fee-bearer-differs');
});
