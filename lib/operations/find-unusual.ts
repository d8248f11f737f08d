/** Gathers what is on record beside an intent, from which its unusual sides are told. */
import { clientAccount } from '#lib/ledger/accounts.ts';
import type { Context } from '#lib/platform/context.ts';
import { unitsOf } from '#lib/platform/db/units-of.ts';
import { shownText } from '#lib/protocol/free-text.ts';
import { isOnCurve } from '#lib/chains/solana/address.ts';
import type { WithdrawalIntent } from '#lib/protocol/intent.ts';
import type { RecipientCheck } from './check-recipient.ts';
import { endLength, findLikeness, piecesOf } from './likeness.ts';
import { unusualListing, unusualWithdrawal, type LookAlike, type Unusual } from './unusual.ts';

const dayMs = 24 * 3_600_000;
/** Earlier withdrawals looked at for what is usual. */
const earlierMax = 1000;
/** Addresses looked at more closely, and look-alikes told of. */
const candidateMax = 200;
const lookAlikeMax = 5;

const onList = { state: { in: ['proposed', 'listed'] } };

/**
 * @param at when it was or would be raised, and what the chain says of the recipient: null once the
 *   transaction is built, when the chain has been asked about it itself
 */
export async function findUnusualWithdrawal(
  intent: WithdrawalIntent,
  at: { raisedAt: Date; recipient: RecipientCheck | Promise<RecipientCheck> | null },
  context: Context,
): Promise<Unusual> {
  const now = context.clock();
  const { db } = context;
  const own = { kind: 'withdrawal', id: { not: intent.operation } };
  const [earlier, timesUsed, destination, repeat, account, ownHold, lookAlikes, recipient] =
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
      db.account.findUnique({ where: { id: clientAccount(intent.client, intent.asset) } }),
      db.hold.findFirst({ where: { operationId: intent.operation, resolution: null } }),
      findLookAlikes(intent.destination.address, context),
      at.recipient,
    ]);
  const held = account === null ? 0n : unitsOf(account.held);
  const balance = account === null ? 0n : unitsOf(account.credits) - unitsOf(account.debits);
  return unusualWithdrawal(
    {
      asset: intent.asset,
      amount: BigInt(intent.amount),
      earlier: earlier.flatMap(({ amount }) => (amount === null ? [] : [unitsOf(amount)])),
      destination: { timesUsed, listedAt: destination?.listedAt ?? null },
      repeats: repeat?.number ?? null,
      lookAlikes,
      recipient,
      available: balance - held + (ownHold === null ? 0n : unitsOf(ownHold.amount)),
    },
    now,
  );
}

/** Other addresses listed or proposed, for any client, that a person could take for this one. */
async function findLookAlikes(address: string, context: Context): Promise<LookAlike[]> {
  const rows = await context.db.destination.findMany({
    where: {
      ...onList,
      address: { not: address },
      OR: [
        { address: { startsWith: address.slice(0, endLength) } },
        { address: { endsWith: address.slice(-endLength) } },
        ...piecesOf(address).map((piece) => ({ address: { contains: piece } })),
      ],
    },
    select: { label: true, clientId: true, address: true },
    orderBy: { id: 'asc' },
    take: candidateMax,
  });
  return rows
    .flatMap(({ label, clientId, address: other }) => {
      const likeness = findLikeness(address, other);
      return likeness === null ? [] : [{ label: shownText(label), client: clientId, likeness }];
    })
    .slice(0, lookAlikeMax);
}

/** @param destination as listed or to be listed; an entry of the same id is itself, not another. */
export async function findUnusualListing(
  { destination }: { destination: { id: string; client: string; address: string } },
  context: Context,
): Promise<Unusual> {
  const [same, lookAlikes] = await Promise.all([
    context.db.destination.findMany({
      where: { ...onList, address: destination.address, id: { not: destination.id } },
      select: { clientId: true },
      distinct: ['clientId'],
      orderBy: { clientId: 'asc' },
      take: 6,
    }),
    findLookAlikes(destination.address, context),
  ]);
  const clients = same.map(({ clientId }) => clientId);
  return unusualListing({
    isTwice: clients.includes(destination.client),
    sharedWith: clients.filter((id) => id !== destination.client),
    hasKey: isOnCurve(destination.address),
    lookAlikes,
  });
}
