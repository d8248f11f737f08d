/** A chain that stands still, and what two people have to know before they decide about it. */
import { scopesOf } from '#lib/identity/roles.ts';
import type { Database } from '#lib/platform/db/client.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import type { AssetHold } from './asset-hold.ts';
import {
  decidedWaitsMs,
  decisionWaitsMs,
  isGroundLost,
  type ChainDecisionKind,
} from './chain-decision-kinds.ts';
import { changedAt, placesToCompare, type PlaceToCompare } from './places-to-compare.ts';

export type HeldChain = {
  /** The newest of its holds: whoever lets that one go on lets go of those before. */
  hold: AssetHold;
  /** The hold that says that the blocks which were read last are gone; null where none does. */
  ground: AssetHold | null;
  /** When what is known of it changed last; a word that names another moment says nothing about that. */
  changedAt: Date | null;
  /** What was not compared since. */
  places: PlaceToCompare[];
};

/** @param holds that stand. @returns null where the chain does not stand still. */
export async function heldChain(
  db: Database | Tx,
  chain: string,
  holds: readonly AssetHold[],
): Promise<HeldChain | null> {
  const ours = holds.filter((hold) => hold.chain === chain && hold.asset === null);
  const [oldest] = ours;
  const hold = ours.at(-1);
  if (!oldest || !hold) return null;
  const changed = await changedAt(db, chain);
  const after = changed && changed > hold.heldAt ? changed : hold.heldAt;
  return {
    hold,
    ground: ours.findLast(({ detail }) => isGroundLost(detail)) ?? null,
    changedAt: changed,
    places: await placesToCompare(db, { chain, heldAt: oldest.heldAt, after }),
  };
}

/** The hold that a decision of this kind is about; null where there is nothing of the kind to decide. */
export const holdFor = (kind: ChainDecisionKind, { hold, ground }: HeldChain): AssetHold | null =>
  kind === 'read-anew' ? ground : hold;

export type OpenDecision = { id: string; firstBy: string; firstAt: Date; places: string[] };

/** Words from before keys signed them count for nothing, and the database takes no second to one of them. */
const isSigned = { firstDocument: { not: null } } as const;

/** More than can be asked for within the hour. */
const askedMax = 100;

/**
 * Said by one person and waiting for a second: about what stands still now and all that was found of it, not too long ago,
 * and by somebody who may still decide.
 */
export async function findOpenDecision(
  db: Database | Tx,
  kind: ChainDecisionKind,
  held: HeldChain,
  at: Date,
): Promise<OpenDecision | null> {
  const hold = holdFor(kind, held);
  if (!hold) return null;
  const asked = await db.chainDecision.findMany({
    where: {
      holdId: hold.id,
      kind,
      secondBy: null,
      ...isSigned,
      foundAt: held.changedAt,
      firstAt: { gte: new Date(at.getTime() - decisionWaitsMs), lte: at },
      first: { status: 'active' },
    },
    orderBy: { firstAt: 'desc' },
    select: {
      id: true,
      firstBy: true,
      firstAt: true,
      places: true,
      first: { select: { roles: true } },
    },
    take: askedMax,
  });
  return asked.find(({ first }) => scopesOf(first.roles).has('operation:decide')) ?? null;
}

/**
 * When two people last signed a decision that the worker has not found proved yet, about what stands still now; null
 * where nothing waits for it. Past the hour nobody waits any more.
 */
export async function findSigned(
  db: Database | Tx,
  kind: ChainDecisionKind,
  held: HeldChain,
  at: Date,
): Promise<Date | null> {
  const hold = holdFor(kind, held);
  if (!hold) return null;
  const signed = await db.chainDecision.findFirst({
    where: {
      holdId: hold.id,
      kind,
      secondAt: { gt: new Date(at.getTime() - decidedWaitsMs), lte: at },
      provedAt: null,
      ...isSigned,
      foundAt: held.changedAt,
    },
    orderBy: { secondAt: 'desc' },
    select: { secondAt: true },
  });
  return signed?.secondAt ?? null;
}

/**
 * Id of the reading anew that two people signed, that the worker found proved and has still to do. It is done within the
 * hour or not at all, so that nothing lost later is read away by words about something else; neither is one whose
 * words do not know of another that was carried out. What a reading takes back counts for nothing here: one that was broken off goes on.
 * @param holds the ids of those that say that the ground is lost.
 */
export async function findReadAnew(
  db: Database | Tx,
  holds: readonly string[],
  at: Date,
): Promise<string | null> {
  const [decided] = await db.$queryRaw<{ id: string }[]>`
    select d.id::text from chain_decision d join asset_hold h on h.id = d.hold_id
      where d.hold_id = any (${[...holds]}::uuid[]) and d.kind = 'read-anew'
        and d.second_at > ${new Date(at.getTime() - decidedWaitsMs)}::timestamptz
        and d.proved_at is not null and d.used_at is null
        and not exists (
          select from chain_decision u join asset_hold o on o.id = u.hold_id
            where o.chain = h.chain and u.used_at > coalesce(d.found_at, '-infinity'))
      order by d.first_at, d.id limit 1`;
  return decided?.id ?? null;
}
