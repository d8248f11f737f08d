import { assetFacts } from '#lib/chains/assets.ts';
import type { Close } from '#lib/ledger/close-books.ts';
import { Prisma } from '#lib/platform/db/generated/client.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import type { OpenedCase } from '../register/open-case.ts';
import { takeStep } from '../register/take-step.ts';
import { heldIn } from '../shares/share-statement.ts';
import { lossSharesDigest } from '../shares/shares-digest.ts';
import { writeInParts } from '../shares/write-in-parts.ts';
import type { LossFacts } from './loss.ts';
import { centsDivisor } from './value-at-loss.ts';

/**
 * Shares a loss among its holders in proportion, exactly, each with its value in cents; a part of a cent
 * is a whole one for each, so that rounding takes from nobody.
 */
export async function shareLoss(
  tx: Tx,
  { id, number }: OpenedCase,
  {
    facts,
    holders,
    close,
    by,
    now,
  }: { facts: LossFacts; holders: Prisma.Sql; close: Close; by: string; now: Date },
): Promise<void> {
  const all = await heldIn(tx, holders);
  const divisor = centsDivisor(assetFacts(facts.asset).decimals).toString();
  const ratio = { numerator: BigInt(facts.units), denominator: all.held };
  await writeInParts(
    tx,
    { holders, ratio },
    (shares) => Prisma.sql`
      insert into loss_share (case_id, account_id, position, units, value_cents)
        select ${id}::uuid, account_id, weight, amount,
            div(amount * ${facts.price}::numeric + ${divisor}::numeric - 1, ${divisor}::numeric)
          from (${shares}) s`,
  );
  const [sum] = await tx.$queryRaw<{ cents: string }[]>`
    select coalesce(sum(value_cents), 0)::text as cents from loss_share where case_id = ${id}::uuid`;
  const taken = await takeStep(tx, {
    register: 'loss',
    caseId: id,
    seen: 0,
    step: 'shared',
    facts: {
      closedAt: close.closedAt.toISOString(),
      lastJournal: close.lastJournal.toString(),
      holders: all.holders,
      heldUnits: all.held.toString(),
      valueCents: sum?.cents ?? '0',
      sharesDigest: await lossSharesDigest(tx, id),
    },
    texts: {},
    by,
    at: now,
  });
  if (!taken.ok) throw new Error(`${number} cannot be shared: ${taken.refusal.code}.`);
}
