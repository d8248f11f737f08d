/** signing → signed: the parties decide and sign; the bytes to send are put together and kept. */
import { z } from 'zod';
import { decodeTransfer } from '#lib/chains/solana/decode.ts';
import { addressBytes } from '#lib/chains/solana/address.ts';
import { signAsFeePayer } from '#lib/chains/solana/fee-payer.ts';
import { assembleTransaction, transactionId } from '#lib/chains/solana/transaction.ts';
import { isWaiting } from '#lib/mpc/client/benign.ts';
import { signTransaction } from '#lib/mpc/client/sign-transaction.ts';
import { inTransaction, type Tx } from '#lib/platform/db/transaction.ts';
import type { WithdrawalIntent } from '#lib/protocol/intent.ts';
import { requirement } from '#lib/protocol/policy.ts';
import type { Roster } from '#lib/protocol/roster.ts';
import { changeState, type Stop } from '../change-state.ts';
import { carrySigning } from '../cold/carry-signing.ts';
import { groupNotAsked, splitMembers } from '../cold/cold-members.ts';
import type { OperationRow } from '../load-standing.ts';
import { mayStillConfirm } from '../transaction-phases.ts';
import { loadTrust } from '../trust.ts';
import { bundleWithFacts } from './bundle-with-facts.ts';
import { chooseSigners, needsTrip } from './choose-signers.ts';
import { findFrozenStop } from './frozen-stop.ts';
import { holdRefused } from './hold-refused.ts';
import { waitForParties } from './wait-for-parties.ts';
import type { WorkerContext } from './worker-context.ts';

export async function signWithdrawal(
  row: OperationRow,
  intent: WithdrawalIntent,
  context: WorkerContext,
): Promise<boolean> {
  const transaction = row.transactions.find(
    ({ phase }) => phase === 'built' || phase === 'releasing',
  );
  if (!transaction) throw new Error(`Operation ${row.id} is signing but has no transaction.`);
  const stop =
    feeAccountChanged(transaction, context.feePayer.address) ??
    (await findFrozenStop(intent, context.db));
  if (stop) return holdFor(row, stop, context);
  const vault = await context.db.vault.findUniqueOrThrow({
    where: { id: intent.vault },
    include: { key: true },
  });
  const trust = await loadTrust(context.db);
  if (!trust) throw new Error(`Operation ${row.id} is signing but there is no roster.`);
  const { parties: members } = vault.key;
  const signing = {
    intent,
    transaction,
    members,
    roster: trust.roster,
    vaultAddress: vault.address,
  };
  const signed = await (needsTrip(trust.roster, members)
    ? signByTrip(row, signing, context)
    : signAtOnce(row, signing, context));
  if (!signed.ok) return signed.moved;
  const feePayerSignature = signAsFeePayer(
    context.feePayer,
    transaction.message,
    transaction.chain,
  );
  const raw = assembleTransaction(transaction.message, {
    [context.feePayer.address]: feePayerSignature,
    [vault.address]: signed.signature,
  });
  const txid = transactionId(transaction.message, feePayerSignature);
  const now = context.clock();
  return inTransaction(context.db, async (tx) => {
    await tx.chainTransaction.update({
      where: { id: transaction.id },
      data: { phase: 'signed', raw: new Uint8Array(raw), txid, signedAt: now },
    });
    await signed.keep?.(tx);
    return changeState(tx, { operation: row.id, from: 'signing', to: 'signed' }, now);
  });
}

type Signing = {
  intent: WithdrawalIntent;
  transaction: OperationRow['transactions'][number];
  members: readonly string[];
  roster: Roster;
  vaultAddress: string;
};

type Signed =
  | { ok: true; signature: Uint8Array; keep?: (tx: Tx) => Promise<void> }
  /** Whether the operation moved on to somewhere else. */
  | { ok: false; moved: boolean };

/** All whose share is needed have a network. */
async function signAtOnce(
  row: OperationRow,
  { intent, transaction, members, roster, vaultAddress }: Signing,
  context: WorkerContext,
): Promise<Signed> {
  const signers = chooseSigners({ roster, members, clients: context.parties });
  if (!signers.ok) return { ok: false, moved: await holdFor(row, signers.stop, context) };
  const signed = await signTransaction({
    clients: signers.value,
    bundle: await bundleWithFacts(row, intent, context),
    transaction: { chain: transaction.chain, message: transaction.message },
    expectedKey: Buffer.from(addressBytes(vaultAddress)).toString('hex'),
    // From here a share may be out, so the record says so before anyone is asked for one.
    beforeRelease: async () => {
      await context.db.chainTransaction.update({
        where: { id: transaction.id },
        data: { phase: 'releasing' },
      });
    },
  });
  if (signed.ok) return { ok: true, signature: signed.value.signature };
  if (isWaiting(signed.refusal)) {
    await waitForParties(row, signers.value, 'last', context);
    return { ok: false, moved: false };
  }
  return { ok: false, moved: await holdRefused(row, signed, context) };
}

/** As for the key of a cold vault: one member with a network signs together with one without. */
async function signByTrip(
  row: OperationRow,
  { intent, transaction, members, roster }: Signing,
  context: WorkerContext,
): Promise<Signed> {
  const withNetwork = splitMembers(roster, members).online;
  const needs = z.array(requirement).parse(row.needs);
  const online = context.parties.find(
    ({ name }) => withNetwork.includes(name) && groupNotAsked(roster, name, needs) === null,
  );
  if (!online) return { ok: false, moved: await holdFor(row, noPartyFor(members), context) };
  const bundle = () => bundleWithFacts(row, intent, context);
  const carried = await carrySigning(row, { online, bundle, transaction }, context);
  if (carried.state === 'signed')
    return { ok: true, signature: carried.signature, keep: carried.keep };
  if (carried.state === 'waits') return { ok: false, moved: false };
  if (isWaiting(carried.no.refusal)) {
    await waitForParties(row, [online], 'last', context);
    return { ok: false, moved: false };
  }
  return { ok: false, moved: await holdRefused(row, carried.no, context) };
}

const noPartyFor = (members: readonly string[]): Stop => ({
  code: 'no-party-with-network',
  party: null,
  sentence: `The worker knows no party with a network that holds a share of this vault’s key and whose group the rule asks; the key is held by ${members.join(', ')}. Add it to the worker’s list of parties; then the raiser starts a new attempt.`,
});

/**
 * The parties sign one transaction for an operation, and it names its fee account. With another one
 * nothing can be sent, whatever people state.
 */
function feeAccountChanged(
  transaction: { chain: string; message: Uint8Array; phase: string },
  feePayer: string,
): Stop | null {
  const decoded = decodeTransfer(transaction.message, transaction.chain);
  // What can't be read is the parties' to refuse by name.
  if (!decoded.ok || decoded.transaction.feePayer === feePayer) return null;
  const { feePayer: needed } = decoded.transaction;
  const otherwise = mayStillConfirm(transaction)
    ? 'A signature may exist, so nothing else helps.'
    : 'Or cancel this one and raise a new one.';
  return {
    code: 'fee-account-changed',
    party: null,
    sentence: `This transfer was built for fee account ${needed}, and the worker has another now. Give the worker that account’s key back; then its raiser starts a new attempt. ${otherwise}`,
  };
}

const holdFor = (row: OperationRow, stop: Stop, context: WorkerContext): Promise<boolean> =>
  inTransaction(context.db, (tx) =>
    changeState(tx, { operation: row.id, from: 'signing', to: 'held', stop }, context.clock()),
  );
