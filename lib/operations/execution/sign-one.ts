/** One transaction of an operation: the parties decide and sign, the bytes to send are put together and kept. */
import { decodeForOwner } from '#lib/chains/account-context.ts';
import { DecodeError } from '#lib/chains/decoded.ts';
import { chainFacts } from '#lib/chains/registry.ts';
import type { ToVerify } from '#lib/mpc/client/verify-parts.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import type { MovingIntent } from '#lib/protocol/intent.ts';
import { ownerOf } from '#lib/protocol/owner-of.ts';
import type { Stop } from '../change-state.ts';
import type { OperationRow } from '../load-standing.ts';
import { mayStillConfirm } from '../transaction-phases.ts';
import { loadTrust } from '../trust.ts';
import { bundleWithFacts } from './bundle-with-facts.ts';
import { adapterFor } from './chains/adapters.ts';
import type { SignedParts, TransactionRow } from './chains/chain-adapter.ts';
import { vaultKeyOf } from './chains/source-account.ts';
import { findFrozenStop } from './frozen-stop.ts';
import { keepSigned } from './keep-signed.ts';
import { idBeforeSigned, MovedOn, noteReleasing } from './note-releasing.ts';
import { findStandstill } from './standstill.ts';
import { signWithParties, type Signed, type Unsigned } from './sign-with-parties.ts';
import type { WorkerContext } from './worker-context.ts';

export type SignedOne =
  /** Keeps the signature in any case. @returns false where `then` said that the operation has moved meanwhile. */
  | { ok: true; keep: (then: (tx: Tx) => Promise<boolean>) => Promise<boolean> }
  | { ok: false; because: Unsigned };

export async function signOne(
  row: OperationRow,
  intent: MovingIntent,
  transaction: TransactionRow,
  context: WorkerContext,
): Promise<SignedOne> {
  const adapter = adapterFor(transaction.chain);
  const stop =
    adapter.findObstacle(transaction, context) ?? (await findFrozenStop(intent, context.db));
  if (stop) return { ok: false, because: { is: 'stopped', stop } };
  // What was built before waits for the end of that. Where a share may be out, nobody can call it back.
  const wait = transaction.phase === 'built' ? await findStandstill(row, intent, context) : null;
  if (wait) {
    context.waits?.(wait);
    return { ok: false, because: { is: 'asset-held' } };
  }
  const vault = await context.db.vault.findUniqueOrThrow({
    where: { id: intent.vault },
    include: { key: true },
  });
  const toVerify = partsOf(intent, vault, transaction);
  if (!toVerify.ok) return { ok: false, because: { is: 'stopped', stop: toVerify.stop } };
  const trust = await loadTrust(context.db);
  if (!trust) throw new Error(`Operation ${row.id} is signing but there is no roster.`);
  const signed = await unlessMovedOn(
    signWithParties(
      row,
      {
        bundle: () => bundleWithFacts(row, intent, context),
        transaction: {
          chain: transaction.chain,
          message: transaction.message,
          ...toVerify.value,
        },
        vault: { publicKey: vault.key.publicKey, members: vault.key.parties },
        roster: trust.roster,
        // From here a share may be out, so the record says so before anyone is asked for one.
        beforeRelease: () => noteReleasing(context.db, transaction, { intent, vault }),
      },
      context,
    ),
  );
  if (!signed.ok) return signed;
  const { signatures } = signed;
  const assembled = adapter.assemble(transaction, { intent, vault, signatures }, context);
  if (!assembled.ok) return { ok: false, because: { is: 'stopped', stop: assembled.stop } };
  const { raw, txid } = assembled;
  const keep = (then: (tx: Tx) => Promise<boolean>): Promise<boolean> =>
    keepSigned(context.db, { ...transaction, raw, txid }, context.clock(), async (tx) => {
      await signed.keep?.(tx);
      return then(tx);
    });
  return { ok: true, keep };
}

/** Another worker held or ended it before a share was asked for. */
const unlessMovedOn = (signing: Promise<Signed>): Promise<Signed> =>
  signing.catch((error: unknown) => {
    if (error instanceof MovedOn) return { ok: false, because: { is: 'moved-on' } };
    throw error;
  });

/**
 * What the signatures have to verify over: where owners have accounts, what the decoder says; else all of it. Bytes
 * that the decoder refuses have been changed since they were built, which no further try mends.
 */
function partsOf(
  intent: MovingIntent,
  vault: Parameters<typeof vaultKeyOf>[0] & SignedParts['vault'],
  transaction: TransactionRow,
): { ok: true; value: ToVerify } | { ok: false; stop: Stop } {
  if (chainFacts(intent.chain).accounts === 'pooled') return { ok: true, value: {} };
  const key = vaultKeyOf(vault);
  try {
    const { parts } = decodeForOwner(key, ownerOf(intent), transaction.message);
    const { txid } = transaction;
    // Shares may be out for the one whose id is on record; another one in its place is asked of nobody.
    if (txid !== null && txid !== idBeforeSigned(transaction, { intent, vault }))
      throw new DecodeError('transaction-not-a-transfer', 'not-what-was-signed');
    return { ok: true, value: { suite: key.suite, parts } };
  } catch (error) {
    if (error instanceof DecodeError)
      return { ok: false, stop: unreadable(error, mayStillConfirm(transaction)) };
    throw error;
  }
}

function unreadable({ refusal, detail }: DecodeError, mayBeSigned: boolean): Stop {
  const advice = mayBeSigned
    ? 'A signature of it may exist, so find out first whether it was sent.'
    : 'Find out what changed it, then cancel this one and raise a new one.';
  return {
    code: refusal,
    party: null,
    sentence: `The transaction on record is no transfer that the console can read (${detail}), so no party is asked to sign it. ${advice}`,
  };
}
