/** Totals of both sides computed anew from the lines alone, and held against those that are kept. */
import type { Database } from '#lib/platform/db/client.ts';
import { Prisma } from '#lib/platform/db/generated/client.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';

export type Recomputed = {
  /** Accounts that have lines. */
  accounts: number;
  /** Accounts whose kept totals, of either side, are not the sums of their lines. */
  differing: number;
  /** The first of them, in the order of their names; exact amounts in the smallest unit. */
  examples: { account: string; kept: Totals; computed: Totals }[];
};

type Totals = { debits: string; credits: string };

const EXAMPLES = 20;
/** Lines of one stretch of accounts, roughly: some tenths of a second, well within a statement's time. */
const STRETCH_LINES = 500_000;
const STRETCHES_MAX = 2_000;
/** Accounts that are looked at to find where to cut. */
const SAMPLE = 20_000;
/** Stretches under way at once; the database has a process for each. */
const AT_ONCE = 2;
const STRETCH_MS = 60_000;

/** Accounts from one name on and before another, in the database's order of names. */
type Stretch = { from: string | null; before: string | null };

/**
 * Adds up every line of every account and compares. It goes through the accounts stretch by stretch in the
 * order of their names, in which the index of the lines stands as well, so neither side ever holds more
 * than one account; each stretch is compared as it was at one instant.
 */
export async function recomputeBalances(
  db: Database,
  options: {
    /** Gets the share that is done, 0 to 1, after each stretch. */
    onProgress?: (share: number) => void;
    stretchLines?: number;
  } = {},
): Promise<Recomputed> {
  const { onProgress = () => undefined, stretchLines = STRETCH_LINES } = options;
  const stretches = await cutIntoStretches(db, stretchLines);
  const found: Recomputed[] = [];
  let next = 0;
  let done = 0;
  const work = async (): Promise<void> => {
    for (let place = next++; place < stretches.length; place = next++) {
      const stretch = stretches[place];
      if (stretch) found[place] = await recomputeStretch(db, stretch);
      done += 1;
      onProgress(done / stretches.length);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return {
    accounts: found.reduce((sum, { accounts }) => sum + accounts, 0),
    differing: found.reduce((sum, { differing }) => sum + differing, 0),
    examples: found.flatMap(({ examples }) => examples).slice(0, EXAMPLES),
  };
}

/** Where to cut is an estimate and needs no more; the stretches cover every name there can be. */
async function cutIntoStretches(db: Database, stretchLines: number): Promise<Stretch[]> {
  const [size] = await db.$queryRaw<{ lines: number; sampled: number }[]>`
    select greatest(p.reltuples, 0)::float8 as lines,
        least(100, 100.0 * ${SAMPLE} / greatest(a.reltuples, 1))::float8 as sampled
      from pg_class p, pg_class a where p.oid = 'posting'::regclass and a.oid = 'account'::regclass`;
  if (!size) throw new Error('The database gave no answer.');
  const count = Math.min(STRETCHES_MAX, Math.ceil(size.lines / stretchLines));
  if (count < 2) return [{ from: null, before: null }];
  const cuts = await db.$queryRaw<{ id: string }[]>`
    select min(id) as id from (
      select id, ntile(${count}) over (order by id) as part from account tablesample system (${size.sampled})
    ) sample where part > 1 group by part order by part`;
  const names = cuts.map(({ id }) => id);
  return [null, ...names].map((from, place) => ({ from, before: names[place] ?? null }));
}

function recomputeStretch(db: Database, { from, before }: Stretch): Promise<Recomputed> {
  const within = (column: Prisma.Sql): Prisma.Sql => Prisma.sql`
    ${from === null ? Prisma.sql`true` : Prisma.sql`${column} >= ${from}`}
    and ${before === null ? Prisma.sql`true` : Prisma.sql`${column} < ${before}`}`;
  return inTransaction(
    db,
    async (tx) => {
      // Both sides come in the order of names already; sorting or hashing them would hold them all.
      await tx.$executeRaw`
        select set_config(name, 'off', true) from unnest(array['enable_hashagg', 'enable_hashjoin', 'enable_sort']) name`;
      await tx.$executeRaw`
        select set_config('max_parallel_workers_per_gather', '0', true),
          set_config('statement_timeout', ${String(STRETCH_MS)}, true)`;
      const [found] = await tx.$queryRaw<
        { accounts: number; differing: number; examples: Recomputed['examples'] | null }[]
      >`
        with computed as (
          select account_id, sum(amount) as net, sum(amount) filter (where amount > 0) as debited from posting
            where ${within(Prisma.sql`account_id`)} group by account_id
        ), compared as (
          select a.id, a.debits, a.credits, c.net is not null as "hasLines", coalesce(c.debited, 0) as debited,
              coalesce(c.debited, 0) - coalesce(c.net, 0) as credited
            from account a left join computed c on c.account_id = a.id where ${within(Prisma.sql`a.id`)}
        )
        select (count(*) filter (where "hasLines"))::int as accounts,
            (count(*) filter (where (debits, credits) <> (debited, credited)))::int as differing,
            (jsonb_agg(jsonb_build_object('account', id,
                'kept', jsonb_build_object('debits', debits::text, 'credits', credits::text),
                'computed', jsonb_build_object('debits', debited::text, 'credits', credited::text)))
              filter (where (debits, credits) <> (debited, credited))) as examples
          from compared`;
      if (!found) throw new Error('The database gave no answer.');
      const { accounts, differing, examples } = found;
      return { accounts, differing, examples: (examples ?? []).slice(0, EXAMPLES) };
    },
    { timeoutMs: STRETCH_MS + 5_000, maxWaitMs: STRETCH_MS },
  );
}
