/** Gathers what is on record beside an intent, from which its unusual sides are told. */
import { familyOf } from '#lib/chains/registry.ts';
import { clientAccount } from '#lib/ledger/accounts.ts';
import type { Context } from '#lib/platform/context.ts';
import { unitsOf } from '#lib/platform/db/units-of.ts';
import { isOnCurve } from '#lib/chains/solana/address.ts';
import { shownText } from '#lib/protocol/free-text.ts';
import type { WithdrawalIntent } from '#lib/protocol/intent.ts';
import type { RecipientCheck } from './check-recipient.ts';
import { findLookAlikes } from './find-look-alikes.ts';
import { takingOf } from './taking-of.ts';
import {
  unusualListing,
  unusualWithdrawal,
  type Unusual,
  type WithdrawalFacts,
} from './unusual.ts';

const dayMs = 24 * 3_600_000;
/** Earlier withdrawals looked at for what is usual. */
const earlierMax = 1000;
/** Entries of the very same address that are told of. */
const entriesMax = 6;

const onList = { state: { in: ['proposed', 'listed'] } };

/**
 * @param at when it was or would be raised, and what the chain says of the recipient: null where it asks nothing of
 *   one, and once the transaction is built, when the chain has been asked about it itself
 */
export async function findUnusualWithdrawal(
  intent: WithdrawalIntent,
  at: { raisedAt: Date; recipient: RecipientCheck | Promise<RecipientCheck | null> | null },
  context: Context,
): Promise<Unusual> {
  const now = context.clock();
  const { db } = context;
  const own = { kind: 'withdrawal', id: { not: intent.operation } };
  const [earlier, timesUsed, destination, repeat, available, otherFee, lookAlikes, recipient] =
    await Promise.all([
      db.operation.findMany({
        where: {
          ...own,
          clientId: intent.client,
          asset: intent.asset,
          state: 'confirmed',
          raisedAt: { gte: new Date(now.getTime() - 90 * dayMs) },
        },
        select: { amount: true },
        orderBy: { raisedAt: 'desc' },
        take: earlierMax,
      }),
      db.operation.count({
        where: { ...own, destinationId: intent.destination.id, state: 'confirmed' },
      }),
      db.destination.findUnique({ where: { id: intent.destination.id } }),
      db.operation.findFirst({
        where: {
          ...own,
          destinationId: intent.destination.id,
          amount: intent.amount,
          raisedAt: { gte: new Date(at.raisedAt.getTime() - dayMs), lte: at.raisedAt },
          state: { notIn: ['rejected', 'cancelled', 'expired', 'failed'] },
        },
        select: { number: true },
        orderBy: { raisedAt: 'desc' },
      }),
      availableBut(intent, intent.asset, db),
      findOtherFee(intent, db),
      findLookAlikes(intent.destination.address, context),
      at.recipient,
    ]);
  return unusualWithdrawal(
    {
      address: intent.destination.address,
      asset: intent.asset,
      amount: BigInt(intent.amount),
      earlier: earlier.flatMap(({ amount }) => (amount === null ? [] : [unitsOf(amount)])),
      destination: { timesUsed, listedAt: destination?.listedAt ?? null },
      repeats: repeat?.number ?? null,
      lookAlikes,
      recipient,
      fee: feeIn(intent),
      otherFee,
      available,
    },
    now,
  );
}

/** What the client could withdraw of an asset if this withdrawal were not: its own hold is not taken off. */
async function availableBut(
  { operation, client }: WithdrawalIntent,
  asset: string,
  db: Context['db'],
): Promise<bigint> {
  const accountId = clientAccount(client, asset);
  const [account, own] = await Promise.all([
    db.account.findUnique({ where: { id: accountId } }),
    db.hold.findFirst({ where: { operationId: operation, accountId, resolution: null } }),
  ]);
  if (account === null) return 0n;
  const balance = unitsOf(account.credits) - unitsOf(account.debits);
  return balance - unitsOf(account.held) + (own === null ? 0n : unitsOf(own.amount));
}

/** What the client may bear in another asset than the one that is withdrawn. */
async function findOtherFee(
  intent: WithdrawalIntent,
  db: Context['db'],
): Promise<WithdrawalFacts['otherFee']> {
  const fee = takingOf(intent)?.fee ?? null;
  if (fee === null || fee.asset === intent.asset) return null;
  return { ...fee, available: await availableBut(intent, fee.asset, db) };
}

/** What the client may bear in the asset that is withdrawn. */
function feeIn(intent: WithdrawalIntent): bigint {
  const fee = takingOf(intent)?.fee ?? null;
  return fee?.asset === intent.asset ? fee.highest : 0n;
}

/** @param destination as listed or to be listed; an entry of the same id is itself, not another. */
export async function findUnusualListing(
  { destination }: { destination: { id: string; client: string; chain: string; address: string } },
  context: Context,
): Promise<Unusual> {
  const others = { address: destination.address, id: { not: destination.id } };
  const [same, former, lookAlikes] = await Promise.all([
    context.db.destination.findMany({
      where: { ...onList, ...others },
      select: { clientId: true },
      distinct: ['clientId'],
      orderBy: { clientId: 'asc' },
      take: entriesMax,
    }),
    context.db.destination.findMany({
      where: { state: 'removed', ...others },
      select: { label: true, clientId: true, listedAt: true, removedAt: true },
      orderBy: [{ removedAt: { sort: 'desc', nulls: 'last' } }, { id: 'asc' }],
      take: entriesMax,
    }),
    findLookAlikes(destination.address, context),
  ]);
  const clients = same.map(({ clientId }) => clientId);
  return unusualListing({
    address: destination.address,
    isTwice: clients.includes(destination.client),
    sharedWith: clients.filter((id) => id !== destination.client),
    former: former.map(({ label, clientId: client, listedAt, removedAt }) => ({
      label: shownText(label),
      client,
      removedAt: listedAt === null ? null : removedAt,
    })),
    // Elsewhere no address shows whether there is a key behind it.
    hasKey: familyOf(destination.chain) !== 'solana' || isOnCurve(destination.address),
    lookAlikes,
  });
}
