/** A chain that stands still, and what two people have to know before they decide about it. */
import { scopesOf } from '#lib/identity/roles.ts';
import type { Database } from '#lib/platform/db/client.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import type { AssetHold } from './asset-hold.ts';
import {
  checkWaitsMs,
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

/** More than there are officers. */
const askedMax = 1_000;

/**
 * Said by one person and waiting for a second: about what stands still now and all that was found of it, not too long ago,
 * by somebody who may still decide, with a key that still counts here. The newest of each person's last words, so that
 * many in one name hide nobody else's. Words from before keys signed them count for nothing.
 */
export async function findOpenDecision(
  db: Database | Tx,
  kind: ChainDecisionKind,
  held: HeldChain,
  at: Date,
): Promise<OpenDecision | null> {
  const hold = holdFor(kind, held);
  if (!hold) return null;
  const asked = await db.$queryRaw<(OpenDecision & { roles: string[] })[]>`
    select * from (
      select distinct on (d.first_by) d.id::text, d.first_by as "firstBy", d.first_at as "firstAt", d.places, o.roles
        from chain_decision d join operator o on o.id = d.first_by and o.status = 'active'
          join credential c on c.id = d.first_credential and c.operator_id = o.id and c.status = 'active'
        where d.hold_id = ${hold.id}::uuid and d.kind = ${kind} and d.second_by is null and d.withdrawn_at is null
          and d.first_document is not null
          and d.found_at is not distinct from ${held.changedAt}::timestamptz
          and d.first_at between ${new Date(at.getTime() - decisionWaitsMs)}::timestamptz and ${at}::timestamptz
        order by d.first_by, d.first_at desc, d.id) newest
      order by "firstAt" desc, id limit ${askedMax}`;
  const open = asked.find(({ roles }) => scopesOf(roles).has('operation:decide'));
  return open
    ? { id: open.id, firstBy: open.firstBy, firstAt: open.firstAt, places: open.places }
    : null;
}

export type SignedDecision = {
  /** When the second signed. */
  at: Date;
  /** A key that signed it was stopped since, or its person suspended: nothing comes of it. */
  isEnded: boolean;
};

/**
 * What two people last signed that the worker has not found proved yet, about what stands still now; null where nothing
 * waits for it. Past the hour nobody waits any more.
 */
export async function findSigned(
  db: Database | Tx,
  kind: ChainDecisionKind,
  held: HeldChain,
  at: Date,
): Promise<SignedDecision | null> {
  const hold = holdFor(kind, held);
  if (!hold) return null;
  const [signed] = await db.$queryRaw<SignedDecision[]>`
    select d.second_at as at, (select count(*) from credential c join operator o on o.id = c.operator_id
          where (o.id, c.id) in ((d.first_by, d.first_credential), (d.second_by, d.second_credential))
            and o.status = 'active' and c.status = 'active') <> 2 as "isEnded"
      from chain_decision d
      where d.hold_id = ${hold.id}::uuid and d.kind = ${kind} and d.proved_at is null and d.first_document is not null
        and d.found_at is not distinct from ${held.changedAt}::timestamptz
        and d.second_at > ${new Date(at.getTime() - decidedWaitsMs)}::timestamptz and d.second_at <= ${at}::timestamptz
      order by 2, 1 desc limit 1`;
  return signed ?? null;
}

/** Whether the worker is about to look at it, so that nobody asks anew. */
export const isBeingChecked = (signed: SignedDecision, at: Date): boolean =>
  !signed.isEnded && at.getTime() - signed.at.getTime() < checkWaitsMs;

/**
 * Id of the reading anew that two people signed, that the worker found proved and has still to do. It is done within the
 * hour or not at all, so that nothing lost later is read away by words about something else; neither is one whose words do
 * not know of another that was carried out. What a reading takes back counts for nothing here: one that was broken off
 * goes on.
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
