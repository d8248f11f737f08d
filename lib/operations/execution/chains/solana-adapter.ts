/** Solana: a transfer tied to a durable nonce value, its fee paid by the custodian's fee account. */
import { addressBytes } from '#lib/chains/solana/address.ts';
import { buildTransfer } from '#lib/chains/solana/build.ts';
import { conflictKeyOf, nonceOfConflictKey } from '#lib/chains/solana/conflict-key.ts';
import { decodeTransfer } from '#lib/chains/solana/decode.ts';
import { signAsFeePayer } from '#lib/chains/solana/fee-payer.ts';
import { findFate } from '#lib/chains/solana/transaction-fate.ts';
import {
  assembleTransaction,
  signaturesOn,
  transactionId,
  unsignedTransaction,
} from '#lib/chains/solana/transaction.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import type { MovingIntent } from '#lib/protocol/intent.ts';
import { memoOf } from '#lib/protocol/match-transaction.ts';
import { ed25519 } from '@noble/curves/ed25519.js';
import type { Stop } from '../../change-state.ts';
import type { OperationRow } from '../../load-standing.ts';
import { mayStillConfirm } from '../../transaction-phases.ts';
import type { WorkerContext } from '../worker-context.ts';
import type {
  Assembled,
  ChainAdapter,
  Fate,
  Prepared,
  Sent,
  SignedParts,
  TransactionRow,
} from './chain-adapter.ts';
import { hasNonceAccount, leaseNonceAccount, releaseNonceAccount } from './solana-nonce.ts';

/** What a transfer with two signatures costs, in lamports; parties refuse any other. */
const feePaid = 10_000n;

async function prepare(
  row: OperationRow,
  intent: MovingIntent,
  context: WorkerContext,
): Promise<Prepared> {
  const vault = await context.db.vault.findUniqueOrThrow({ where: { id: intent.vault } });
  const account = await inTransaction(context.db, (tx) => leaseNonceAccount(tx, vault.id, row.id));
  if (account === null) return { state: 'waits', reason: { code: 'no-nonce-account' } };
  // A tie once made is kept: another transaction of this operation could otherwise confirm as well.
  if (row.transactions.length > 0) return { state: 'known' };
  const nonce = await context.solana.getNonce(account, 'finalized');
  if (nonce.state !== 'ready' || nonce.authority !== vault.address)
    return { state: 'waits', reason: { code: 'nonce-account-unready' } };
  const feePayer = context.feePayer.address;
  const message = buildTransfer({
    feePayer,
    from: vault.address,
    to: intent.destination.address,
    lamports: BigInt(intent.amount),
    memo: memoOf(intent),
    nonce: { account, value: nonce.value },
  });
  const simulation = await context.solana.simulate(unsignedTransaction(message));
  if (!simulation.ok) return { state: 'stopped', stop: wouldFail(simulation.error) };
  const conflictKey = conflictKeyOf({ nonceAccount: account, anchor: nonce.value, feePayer });
  return { state: 'built', message, conflictKey, setAside: [account] };
}

const wouldFail = (error: string): Stop => ({
  code: 'transaction-would-fail',
  party: null,
  sentence: `The chain says that this transfer would fail (${error}). Check the vault’s balance and the destination.`,
});

/**
 * The parties sign one transaction for an operation, and it names its fee account. With another one
 * nothing can be sent, whatever people state.
 */
function findObstacle(transaction: TransactionRow, { feePayer }: WorkerContext): Stop | null {
  const decoded = decodeTransfer(transaction.message, transaction.chain);
  // What can't be read is the parties' to refuse by name.
  if (!decoded.ok || decoded.transaction.feePayer === feePayer.address) return null;
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

function assemble(
  { message, chain }: TransactionRow,
  { vault, signatures }: SignedParts,
  { feePayer }: WorkerContext,
): Assembled {
  const [signature] = signatures;
  if (signatures.length !== 1 || !signature)
    throw new Error('A Solana transfer has one signature of its vault.');
  if (!ed25519.verify(signature, message, addressBytes(vault.address), { zip215: false }))
    throw new Error('The signature of the vault does not verify.');
  const feePayerSignature = signAsFeePayer(feePayer, message, chain);
  const raw = assembleTransaction(message, {
    [feePayer.address]: feePayerSignature,
    [vault.address]: signature,
  });
  return { ok: true, raw, txid: transactionId(message, feePayerSignature) };
}

async function send(raw: Uint8Array, { solana }: WorkerContext): Promise<Sent> {
  const sent = await solana.sendTransaction(raw);
  switch (sent.outcome) {
    case 'accepted':
      return { outcome: 'accepted', detail: null };
    case 'refused':
      return { outcome: 'refused', detail: `${sent.refusal}: ${sent.error}` };
    case 'unknown':
      return { outcome: 'unknown', detail: sent.fault };
  }
}

async function fateOf(transaction: TransactionRow, { solana }: WorkerContext): Promise<Fate> {
  const { txid, raw, conflictKey } = transaction;
  if (txid === null || raw === null) throw new Error('Only a signed transaction has a fate.');
  const fate = await findFate(solana.connection, {
    transactionId: txid,
    nonce: nonceOfConflictKey(conflictKey),
    signatures: signaturesOn(raw),
  });
  if (fate.fate !== 'executed') return fate;
  const { slot, commitment, error } = fate;
  const isFinal = commitment === 'finalized';
  return { fate: 'ran', height: slot, isFinal, depth: null, error, fee: feePaid };
}

export const solanaAdapter: ChainAdapter = {
  prepare,
  isSetAside: hasNonceAccount,
  findObstacle,
  assemble,
  send,
  findFate: fateOf,
  release: releaseNonceAccount,
};
