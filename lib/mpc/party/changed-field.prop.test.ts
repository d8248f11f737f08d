/** Random withdrawals of every form as a party reads and compares them, whole and with one field changed. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bitcoinKind, isPooled } from '#lib/chains/account-address.ts';
import { DecodeError, type Decoded } from '#lib/chains/decoded.ts';
import { propertyTimeout, runs } from '#lib/chains/testing/run-counts.ts';
import { decide } from '#lib/protocol/decide.ts';
import type { DecideInput } from '#lib/protocol/decide-input.ts';
import { findMismatch } from '#lib/protocol/intent-match.ts';
import type { WithdrawalIntent } from '#lib/protocol/intent.ts';
import { at, fullSet, inputFor, policy, withdrawal } from '#lib/protocol/testing/sample.ts';
import {
  bitcoinFields,
  ethereumFields,
  solanaFields,
  type Change,
  type ChangedField,
} from '../testing/changed-fields.ts';
import { drawnWithdrawals, type DrawnWithdrawal, type Form } from '../testing/drawn-withdrawals.ts';
import { decodeTransaction, type AccountInVault } from './decode-transaction.ts';

const VAULT = 'warm-1';
const capped: DecideInput['policy'] = {
  ...policy,
  caps: ['BTC', 'ETH', 'EURC', 'SOL'].map((asset) => ({ asset, perOperation: '9'.repeat(78) })),
};

const intentOf = (drawn: DrawnWithdrawal): WithdrawalIntent => ({
  ...withdrawal,
  client: drawn.client,
  vault: VAULT,
  chain: drawn.chain,
  asset: drawn.asset,
  amount: String(drawn.amount),
  destination: { id: withdrawal.destination.id, address: drawn.to },
  highestFee: String(drawn.fee),
  feeBearer: drawn.feeBearer === 'client' ? drawn.client : 'custodian',
  memo: drawn.memo,
});

/** The vault's key as the party holds it, of which only suite and public key are read here. */
const accountOf = ({ suite, vaultKey, client }: DrawnWithdrawal): AccountInVault => ({
  record: {
    suite,
    group: { threshold: 2, commitments: [vaultKey, vaultKey], shares: [] },
  } as unknown as NonNullable<AccountInVault['record']>,
  owner: client,
});

/** The party's own reading, from the key of the vault; null where it refuses the bytes by themselves. */
function readBy(drawn: DrawnWithdrawal, unsigned: Uint8Array): Decoded | null {
  const read = decodeTransaction(drawn.chain, unsigned, accountOf(drawn));
  return read.ok ? read.transaction : null;
}

/** The same with an account that was derived before, which takes most of the time. */
function readAgain({ read }: DrawnWithdrawal, unsigned: Uint8Array): Decoded | null {
  try {
    return read(unsigned);
  } catch (error) {
    if (error instanceof DecodeError) return null;
    throw error;
  }
}

const base = inputFor(withdrawal);

/** What a party looks at once it has signed the transaction that was drawn, asked for another reading. */
function inputOf(
  drawn: DrawnWithdrawal,
  of: { statements: unknown; tie: string; transaction: Decoded },
): DecideInput {
  const { details: _, parts: __, ...transaction } = of.transaction;
  const [vault] = base.party.vaults;
  const [destination] = base.party.destinations;
  if (!vault || !destination) throw new Error('The sample has a vault and a destination.');
  const { chain, asset, client, from, to } = drawn;
  return {
    ...base,
    intent: intentOf(drawn),
    statements: of.statements,
    policy: capped,
    party: {
      ...base.party,
      vaults: [{ ...vault, chain, ...(isPooled(chain) ? { address: from } : {}) }],
      ...(isPooled(chain) ? {} : { accounts: [{ vault: VAULT, address: from }] }),
      destinations: [{ ...destination, chain, asset, client, address: to, listedAt: at(-864_000) }],
    },
    ties: [of.tie],
    transaction,
  };
}

function fieldsOf(drawn: DrawnWithdrawal, change: Change): ChangedField[] {
  const { chain, unsigned, suite, memo } = drawn;
  if (isPooled(chain)) return solanaFields(unsigned, memo, change);
  if (chain.startsWith('eip155:')) return ethereumFields(unsigned, change);
  return bitcoinFields(unsigned, bitcoinKind(suite) ?? 'p2tr', change);
}

/**
 * What an intent leaves to whoever builds, within its highest fee: how the fee is made up, and which coins are
 * spent beside the one that ties the operation. A taproot coin's amount is as good as the signature over it.
 */
const left: Readonly<Record<Form, readonly string[]>> = {
  'Bitcoin, taproot': [
    'further outpoint: transaction',
    'further outpoint: output',
    'input: what it spends',
    'change: amount',
  ],
  'Bitcoin, P2WPKH': ['change: amount'],
  'Ethereum, ether': ['priority fee', 'highest fee', 'gas limit'],
  'Ethereum, tokens': ['priority fee', 'highest fee', 'gas limit'],
  Solana: [],
};

const change = fc.record({ where: fc.nat(), flip: fc.integer({ min: 1, max: 255 }) });
const forms = Object.keys(drawnWithdrawals) as Form[];

describe.each(forms)('a random withdrawal (%s)', (form) => {
  it(
    'is read by a party as what was asked for, and with any one field changed is refused or costs less',
    { timeout: propertyTimeout },
    () => {
      fc.assert(
        fc.property(drawnWithdrawals[form], change, (drawn, made) => {
          const read = readBy(drawn, drawn.unsigned);
          if (!read) throw new Error('The party does not read what was built.');
          const { chain, asset, from, to, memo } = drawn;
          const [amount, fee] = [String(drawn.amount), String(drawn.fee)];
          expect(read).toMatchObject({ chain, asset, from, to, amount, fee, memo });
          const tie = read.conflictKey;
          const statements = fullSet(intentOf(drawn));
          expect(decide(inputOf(drawn, { statements, tie, transaction: read }))).toEqual({
            ok: true,
          });
          const fields = fieldsOf(drawn, made);
          const [some] = fields.slice(made.where % fields.length);
          if (some) expect(readBy(drawn, some.bytes)).toEqual(readAgain(drawn, some.bytes));
          for (const { field, bytes } of fields) {
            const other = readAgain(drawn, bytes);
            if (!other) continue;
            expect(Buffer.compare(bytes, drawn.unsigned), field).not.toBe(0);
            const asked = inputOf(drawn, { statements, tie, transaction: other });
            if (findMismatch(intentOf(drawn), asked) !== null) continue;
            expect(left[form], `${field} is not the builder's to choose`).toContain(field);
            expect(BigInt(other.fee)).toBeLessThanOrEqual(drawn.fee);
            // It conflicts with the first, and no signature of the one serves for the other.
            expect(other.conflictKey).toBe(tie);
            const digests = read.parts.map((part) => part.bytes);
            for (const part of other.parts) expect(digests).not.toContain(part.bytes);
          }
        }),
        { numRuns: runs(25) },
      );
    },
  );
});
