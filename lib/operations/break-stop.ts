/** Whether reconciliation stands in the way of a withdrawal: an open shortfall of its asset. */
import type { Database } from '#lib/platform/db/client.ts';
import { Prisma } from '#lib/platform/db/generated/client.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { refuse, type Refused } from '#lib/platform/result.ts';
import type { Intent } from '#lib/protocol/intent.ts';
import type { Policy } from '#lib/protocol/policy.ts';
import { amountText } from './policy-words.ts';
import { shortfallRules } from './shortfall-rules.ts';

/** Not closed, or closed by people and not proved yet; the source of shortfalls asks the same. */
const isOpen = Prisma.sql`(state <> 'closed' or closed_by <> 'match' and not break_closing_proved(id))`;

/**
 * The floor under a policy that does not look at shortfalls: asked before anybody presses a key, and again
 * when the withdrawal, or a new attempt of a held one, is written. It is the console's own, with limits of
 * its own, so a console in hostile hands can leave it out; what a rule of the policy asks, parties hold to.
 * @param of.heedsShortfall whether a rule of the policy looked at what is missing.
 * @returns null when nothing stands in the way.
 */
export async function findBreakStop(
  intent: Intent,
  { heedsShortfall }: { heedsShortfall: boolean },
  db: Database | Tx,
): Promise<Refused<'break-over-limit'> | null> {
  if (heedsShortfall || intent.kind !== 'withdrawal') return null;
  return findOverLimit(intent.asset, db);
}

/**
 * The oldest open break of an asset beyond the console's own limit, as a refusal. One that people closed counts
 * until what both signed is verified.
 */
export async function findOverLimit(
  asset: string,
  db: Database | Tx,
): Promise<Refused<'break-over-limit'> | null> {
  const [found] = await db.$queryRaw<{ number: string }[]>`
    select number from break_record
    where asset = ${asset} and over_limit
      and ${isOpen}
    order by found_at limit 1`;
  return found
    ? refuse(
        'break-over-limit',
        `Less ${asset} is there than the books say (${found.number}), so none is paid out. See what the break’s page on Reconciliation says; when it is closed, raise this again.`,
      )
    : null;
}

export type Shortfall = {
  id: string;
  /** Number of the break, for people. */
  number: string;
  /** Smallest unit. */
  units: string;
};

/**
 * The largest open break by which less of the asset is there than the books say, timing aside; as the source of
 * shortfalls counts, with one that people closed until what both signed is verified.
 */
export async function findShortfall(asset: string, db: Database | Tx): Promise<Shortfall | null> {
  const [found] = await db.$queryRaw<Shortfall[]>`
    select id::text, number, (-amount)::text as units from break_record
    where asset = ${asset} and cause <> 'timing' and amount < 0
      and ${isOpen}
    order by amount, found_at limit 1`;
  return found ?? null;
}

/** What is missing of an asset that is to be paid out, and who decides whether it still is. */
export type Missing = {
  break: Pick<Shortfall, 'id' | 'number'>;
  /** With its unit. */
  amount: string;
  /** The policy's rules about it, in words; empty where only the console's own limit looks at it. */
  rules: string[];
};

export async function findMissing(
  asset: string,
  { policy, heedsShortfall }: { policy: Policy; heedsShortfall: boolean },
  db: Database,
): Promise<Missing | null> {
  const found = await findShortfall(asset, db);
  if (!found) return null;
  const { id, number, units } = found;
  return {
    break: { id, number },
    amount: amountText(units, asset),
    rules: heedsShortfall ? shortfallRules(policy, asset) : [],
  };
}
