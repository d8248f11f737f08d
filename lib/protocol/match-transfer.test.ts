/** Where a transfer between vaults may go, by what the deciding party itself knows. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decide } from './decide.ts';
import type { DecideInput } from './decide-input.ts';
import { lifetimeFor } from './lifetimes.ts';
import { policyTightens } from './policy-change.ts';
import type { Policy } from './policy.ts';
import {
  acceptedInput,
  changeTo,
  coldVault,
  FROZEN_BY,
  nextPolicy,
  statementsFor,
  vaultTransfer,
} from './testing/every-kind.ts';
import { inputFor, policy, withdrawal } from './testing/sample.ts';
import { receiptsOf, rosterThatSigns } from './testing/vault-receipts.ts';
import type { VaultTransferIntent } from './vault-transfer-intent.ts';

const answerTo = (input: DecideInput): string => {
  const answer = decide(input);
  return answer.ok ? 'yes' : answer.refusal;
};

const own = inputFor(withdrawal).party.vaults;
const named = { vault: coldVault.id, chain: coldVault.chain, address: coldVault.address };
const naming = (...ownVaults: NonNullable<Policy['ownVaults']>): Policy => ({
  ...policy,
  ownVaults,
});

/** A party of another set: it holds no share of the destination. */
const elsewhere = (intent: VaultTransferIntent = vaultTransfer): DecideInput => {
  const input = acceptedInput(intent);
  return { ...input, party: { ...input.party, vaults: own } };
};

test('a party that holds a share of both vaults takes part', () => {
  expect(answerTo(acceptedInput(vaultTransfer))).toBe('yes');
});

test('a party without a share of the destination takes part only where the policy names that very address', () => {
  expect(answerTo(elsewhere())).toBe('transfer-destination-unknown');
  expect(answerTo({ ...elsewhere(), policy: naming(named) })).toBe('yes');
  const others = [
    { ...named, vault: 'cold-2' },
    { ...named, address: 'BPFLoaderUpgradeab1e11111111111111111111111' },
    { ...named, chain: 'solana:mainnet' },
  ];
  expect(others.map((other) => answerTo({ ...elsewhere(), policy: naming(other) }))).toEqual([
    'transfer-destination-unknown',
    'transfer-destination-differs',
    'chain-mismatch',
  ]);
});

test('a vault that the policy of the raise did not name yet gets nothing', () => {
  const current = nextPolicy({ ownVaults: [named] });
  expect(answerTo({ ...elsewhere(), policy: current, policyAtRaise: policy })).toBe(
    'transfer-destination-unknown',
  );
});

test('the own register wins over a policy that names another address', () => {
  const wrong = { ...named, address: 'BPFLoaderUpgradeab1e11111111111111111111111' };
  expect(answerTo({ ...acceptedInput(vaultTransfer), policy: naming(wrong) })).toBe(
    'transfer-destination-differs',
  );
});

test('a destination listed for a client is no vault, whatever its name', () => {
  const input = elsewhere();
  const [listed] = input.party.destinations;
  if (!listed) throw new Error('sample is incomplete');
  const destinations = [{ ...listed, id: coldVault.id, address: coldVault.address }];
  expect(answerTo({ ...input, party: { ...input.party, destinations } })).toBe(
    'transfer-destination-unknown',
  );
});

test('a freeze of either vault, of the asset or of everything stops it', () => {
  const scopes = [
    { what: 'vault' as const, vault: 'warm-1' },
    { what: 'vault' as const, vault: coldVault.id },
    { what: 'asset' as const, asset: 'SOL' },
    { what: 'everything' as const },
  ];
  const answers = scopes.map((scope) => {
    const input = acceptedInput(vaultTransfer);
    const freezes = [{ operation: FROZEN_BY, scope }];
    return answerTo({ ...input, party: { ...input.party, freezes } });
  });
  expect(answers).toEqual(['vault-frozen', 'vault-frozen', 'asset-frozen', 'everything-frozen']);
});

test('raiser, approver and co-signer are asked for, and caps count', () => {
  const input = acceptedInput(vaultTransfer);
  const [raise, approval, cosignature] = statementsFor(vaultTransfer);
  expect(answerTo({ ...input, statements: [raise, approval] })).toBe('statements-incomplete');
  expect(answerTo({ ...input, statements: [raise, cosignature] })).toBe('own-group-missing');
  const caps = [{ asset: 'SOL', perOperation: '1249999999' }];
  expect(answerTo({ ...input, policy: { ...policy, caps } })).toBe('cap-exceeded');
  const keyCaps = [{ asset: 'SOL', perDay: '1250000000' }];
  const spent = [{ scope: 'vault' as const, hours: 24, amount: '1' }];
  expect(
    answerTo({ ...input, policy: { ...policy, keyCaps }, party: { ...input.party, spent } }),
  ).toBe('key-cap-exceeded');
});

test('statements count as long as those about a withdrawal from the same vault', () => {
  const travelling = { ...policy, coldWithdrawalSeconds: 86_400 };
  const back = { ...vaultTransfer, vault: coldVault.id };
  expect(lifetimeFor(vaultTransfer, [...own, coldVault], [travelling])).toBe(900);
  expect(lifetimeFor(back, [...own, coldVault], [travelling])).toBe(86_400);
});

const fields = ['chain', 'asset', 'from', 'to', 'amount', 'memo', 'fee', 'feePayer'] as const;

test('no transaction but the one transfer to the destination vault is signed', () => {
  const input = acceptedInput(vaultTransfer);
  const { transaction } = input;
  if (!transaction) throw new Error('sample is incomplete');
  fc.assert(
    fc.property(
      fc.constantFrom(...fields),
      fc.oneof(
        fc.string(),
        fc.nat().map(String),
        fc.constantFrom(...fields.map((name) => transaction[name])),
      ),
      (field, value) => {
        const changed = { ...transaction, [field]: value };
        const fits =
          value === transaction[field] ||
          (field === 'fee' && /^(?:0|[1-9]\d*)$/.test(value ?? '') && Number(value) <= 10_000) ||
          (field === 'feePayer' &&
            /^[\x21-\x7e]{1,128}$/.test(value ?? '') &&
            !isVault(value ?? ''));
        expect(decide({ ...input, transaction: changed }).ok).toBe(fits);
      },
    ),
  );
});

const isVault = (address: string): boolean =>
  [...own, coldVault].some((vault) => vault.address === address);

test('a policy that names more vaults loosens, one that names fewer tightens', () => {
  const [before, after] = [policy, nextPolicy({ ownVaults: [named] })];
  expect(policyTightens(before, after)).toBe(false);
  expect(policyTightens(after, nextPolicy({ ownVaults: [] }, after))).toBe(true);
  const other = { ...named, address: 'BPFLoaderUpgradeab1e11111111111111111111111' };
  expect(policyTightens(after, nextPolicy({ ownVaults: [other] }, after))).toBe(false);
});

test('a holder refuses a policy that names another address for its vault, whoever vouches for it; others take it then', () => {
  const other = { ...named, address: 'BPFLoaderUpgradeab1e11111111111111111111111' };
  const vouched = { ...other, receipts: receiptsOf(other, ['custody', 'recovery']) };
  const change = changeTo(nextPolicy({ ownVaults: [vouched] }));
  const input = { ...acceptedInput(change), roster: rosterThatSigns };
  const vaults = [...own, coldVault];
  expect(answerTo({ ...input, party: { ...input.party, vaults } })).toBe(
    'policy-own-vault-differs',
  );
  expect(answerTo(input)).toBe('yes');
});
