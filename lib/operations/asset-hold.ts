/**
 * What stands still by the worker's own word: a token whose contract is not what our data say, a chain that took back
 * blocks which counted as final. Nobody here knows what is right then, so nothing is offered, raised or built; parties
 * do not ask this, so a console in hostile hands can leave it out, and a freeze is what binds them.
 */
import { randomUUID } from 'node:crypto';
import { appendAudit } from '#lib/audit/append-entry.ts';
import { chainFacts } from '#lib/chains/registry.ts';
import type { Database } from '#lib/platform/db/client.ts';
import { lockNamed } from '#lib/platform/db/lock-named.ts';
import { publish } from '#lib/platform/db/notify.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { refuse, type Refused } from '#lib/platform/result.ts';
import type { Intent } from '#lib/protocol/intent.ts';
import { isGroundLost } from './chain-decision-kinds.ts';
import { findOpenIncident, openIncident } from './open-incident.ts';

export type AssetHold = {
  id: string;
  chain: string;
  /** Null for all that lies on the chain. */
  asset: string | null;
  reason: 'token-differs' | 'chain-reorganised';
  /** What was found: a short code. */
  detail: string;
  heldAt: Date;
  /** Number of the incident. */
  incident: string;
};

/**
 * Holds that stand, the oldest first: of a token until the worker ended it, of a chain until it has proved that two
 * people signed of it, or of one that came later, that the chain goes on.
 */
export const standingHolds = (db: Database | Tx): Promise<AssetHold[]> =>
  db.$queryRaw<AssetHold[]>`
    select h.id::text, h.chain, h.asset, h.reason, h.detail, h.held_at as "heldAt", h.incident
      from asset_hold h
      where h.ended_at is null
        and (h.reason = 'token-differs' or not exists (
          select from chain_decision d join asset_hold n on n.id = d.hold_id
            where n.chain = h.chain and n.reason = h.reason and (n.id = h.id or n.held_at > h.held_at)
              and d.kind in ('go-on', 'go-on-uncompared') and d.proved_at is not null))
      order by h.held_at, h.id limit 1000`;

export const isHeldBy = (
  hold: Pick<AssetHold, 'chain' | 'asset'>,
  of: { chain: string; asset: string },
): boolean => hold.chain === of.chain && (hold.asset === null || hold.asset === of.asset);

const foundNames: Readonly<Record<string, string>> = {
  'checkpoint-gone': 'a block that was noted as final is gone',
  'known-blocks-gone': 'the blocks that were read last are gone',
  'credited-deposit-gone': 'a deposit that was credited is gone',
  'settlement-undone': 'a payment that was posted is gone',
  'token-has-no-code': 'there is none at its address',
  'token-answers-nothing': 'it gives no usable answer',
  'token-decimals-differ': 'it has other decimals',
  'token-symbol-differs': 'it has another symbol',
  'token-name-differs': 'it has another name',
};

/** What was found, as people read it; a code that is not known here as it is. */
export const foundWords = (detail: string): string => foundNames[detail] ?? detail;

/** Why it stands still, and what ends that. */
export function holdSentence({ chain, asset, reason, detail, incident }: AssetHold): string {
  const { name } = chainFacts(chain);
  return reason === 'token-differs'
    ? `${asset ?? 'A token'} stands still: its contract on ${name} is not what our data say (${foundWords(detail)}). Nothing of it is paid out until it is again; ${incident} has the case.`
    : `Nothing on ${name} is paid out: it took back blocks that counted as final (${foundWords(detail)}), so nobody knows what lies there. Two people let it go on with their keys, on the page Vaults, Chains; ${incident} has the case.`;
}

/** Each once: ground that is lost again after a reading anew is said in the same words. */
export const holdSentences = (holds: readonly AssetHold[]): string[] => [
  ...new Set(holds.map(holdSentence)),
];

/** @returns null when nothing of the asset stands still on the chain. */
export async function findAssetHold(
  of: { chain: string; asset: string },
  db: Database | Tx,
): Promise<Refused<'asset-held'> | null> {
  const hold = (await standingHolds(db)).find((one) => isHeldBy(one, of));
  return hold ? refuse('asset-held', holdSentence(hold)) : null;
}

/** The same for what moves coins; anything else goes on. */
export const findMoveHold = (
  intent: Intent,
  db: Database | Tx,
): Promise<Refused<'asset-held'> | null> =>
  intent.kind === 'withdrawal' || intent.kind === 'vault-transfer'
    ? findAssetHold(intent, db)
    : Promise.resolve(null);

/** What is found and what people decide about it wait for one another. */
export const lockHold = (
  tx: Tx,
  { chain, asset, reason }: Pick<AssetHold, 'chain' | 'asset' | 'reason'>,
): Promise<void> => lockNamed(tx, `hold of ${chain} ${asset ?? ''} ${reason}`);

/**
 * Holds once: while it stands, the same is not said again, but where the ground is found lost as well, or once more after
 * a reading anew: only a hold that says so lets people have the chain read anew, and what they said before is no word about
 * what was lost since. The incident is opened in the same transaction; one that
 * people still have from the last such hold is this one's as well, so a node that changes its mind opens one.
 * @returns the incident's number.
 */
export async function holdAsset(
  tx: Tx,
  of: Pick<AssetHold, 'chain' | 'asset' | 'reason' | 'detail'>,
  at: Date,
): Promise<string> {
  const { chain, asset, reason, detail } = of;
  await lockHold(tx, of);
  const standing = (await standingHolds(tx)).filter(
    (one) => one.chain === chain && one.asset === asset && one.reason === reason,
  );
  const newest = standing.at(-1);
  if (newest && (!isGroundLost(detail) || (await isGroundHeld(tx, standing))))
    return newest.incident;
  const { name } = chainFacts(chain);
  const title =
    reason === 'token-differs'
      ? `The contract of ${asset ?? 'a token'} on ${name} is not what our data say (${foundWords(detail)}): the asset stands still`
      : `${name} took back blocks that counted as final (${foundWords(detail)}): everything on it stands still`;
  const before = await tx.assetHold.findFirst({
    where: { chain, asset, reason },
    orderBy: [{ heldAt: 'desc' }, { id: 'desc' }],
  });
  // Behind the one before, whatever the clocks say, so that words about that one, or that ended it, do not end this one.
  const heldAt = before && before.heldAt >= at ? new Date(before.heldAt.getTime() + 1) : at;
  const incident =
    (before && (await findOpenIncident(tx, [before.incident]))) ??
    (await openIncident(tx, { what: reason, title, openedBy: 'system', operations: [] }, at));
  await tx.assetHold.create({ data: { id: randomUUID(), ...of, heldAt, incident } });
  await appendAudit(tx, {
    kind: 'asset-held',
    subject: asset ?? chain,
    actor: 'worker',
    at,
    facts: { chain, reason, detail, incident },
  });
  await publish(tx, { topic: 'alarms', id: null });
  return incident;
}

/** Whether one of these says that the ground is lost, and nobody had the chain read anew for it. */
async function isGroundHeld(tx: Tx, standing: readonly AssetHold[]): Promise<boolean> {
  const ground = standing.findLast(({ detail }) => isGroundLost(detail));
  if (!ground) return false;
  const read = { holdId: ground.id, usedAt: { not: null } };
  return (await tx.chainDecision.count({ where: read })) === 0;
}

/** For a token whose contract was found right again. The incident stays for people to close. */
export async function endTokenHold(
  tx: Tx,
  { chain, asset }: { chain: string; asset: string },
  at: Date,
): Promise<void> {
  const standing = await tx.assetHold.findMany({
    where: { chain, asset, reason: 'token-differs', endedAt: null },
  });
  for (const { id, incident, heldAt } of standing) {
    const endedAt = at > heldAt ? at : heldAt;
    await tx.assetHold.update({ where: { id }, data: { endedAt } });
    await appendAudit(tx, {
      kind: 'asset-hold-ended',
      subject: asset,
      actor: 'worker',
      at,
      facts: { chain, incident },
    });
  }
}
