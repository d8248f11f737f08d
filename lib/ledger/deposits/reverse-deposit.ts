import type { Tx } from '#lib/platform/db/transaction.ts';
import { unitsOf } from '#lib/platform/db/units-of.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { clientAccount, missingOf, suspenseAccount, vaultAccount } from '../accounts.ts';
import { postJournal, type PostRefusal } from '../post-journal.ts';
import { depositKey, type DepositName } from './deposit-name.ts';
import { findAlive, pendingKey, type AliveDeposit } from './find-alive.ts';
import { lockLeft } from './lock-left.ts';

/** What became of a deposit that its chain took away; amounts in the smallest unit of its asset. */
export type Undone =
  /** It had not been credited, so nothing was booked. */
  | { was: 'pending' }
  | {
      was: 'credited';
      journal: bigint;
      client: string | null;
      asset: string;
      /** Taken back from who was credited. */
      taken: bigint;
      /** Spent or held meanwhile: the client owes it, and clients' coins are short by it. Worth an incident. */
      missing: bigint;
    };

/**
 * Undoes a deposit that a reorganisation of the chain took away: one that was credited is taken back by a journal of
 * its own, from its client as far as the available balance covers, the rest missing under the client's name. Once: one
 * that is gone or reversed already is refused by name, which is harmless. When it appears again, `seeDeposit` begins
 * anew.
 */
export async function reverseDeposit(
  tx: Tx,
  name: DepositName,
  clock: () => Date = () => new Date(),
): Promise<Result<Undone, 'deposit-not-alive' | PostRefusal>> {
  const alive = await findAlive(tx, name);
  if (!alive)
    return refuse(
      'deposit-not-alive',
      `Deposit ${name.txid} is not on record, or was undone already.`,
    );
  if (alive.journal === null) {
    await tx.depositPending.delete({ where: { chain_txid_vaultId_place: pendingKey(name) } });
    return ok({ was: 'pending' });
  }
  const { client, asset, amount } = alive;
  const owed = client === null ? suspenseAccount(asset) : clientAccount(client, asset);
  const taken = await takenBack(tx, owed, alive.journal, alive);
  const missing = amount - taken;
  const lines = [
    { account: owed, amount: taken },
    { account: missingOf(client, asset), amount: missing },
    { account: vaultAccount(name.vault, asset), amount: -amount },
  ];
  const posted = await postJournal(tx, {
    key: depositKey(name, alive.appearance, 'deposit-reversal'),
    kind: 'deposit-reversal',
    operation: null,
    usesHold: false,
    lines: lines.filter((line) => line.amount !== 0n),
    corrects: alive.journal,
    at: clock(),
  });
  if (!posted.ok) return posted;
  const { journal } = posted.value;
  const reversed = { ...pendingKey(name), appearance: alive.appearance };
  // Asked for anew: books that were closed without it were closed before it was posted, so before this.
  await tx.depositReversal.create({
    data: { ...reversed, journalId: journal, reversedAt: clock() },
  });
  return ok({ was: 'credited', journal, client, asset, taken, missing });
}

/** No more than the deposit credited there, and no more than is left; decided under the account's lock. */
async function takenBack(
  tx: Tx,
  account: string,
  journal: bigint,
  { client }: AliveDeposit,
): Promise<bigint> {
  const left = await lockLeft(tx, account, client === null ? journal : null);
  const line = await tx.posting.findFirst({
    where: { journalId: journal, accountId: account },
    select: { amount: true },
  });
  const credited = line ? -unitsOf(line.amount) : 0n;
  return left < credited ? left : credited;
}
