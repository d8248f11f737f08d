import type { Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { ok, type Result } from '#lib/platform/result.ts';
import { lacksAnyReading } from '#lib/resilience/records/kind-scopes.ts';
import type { BreachState, Risk } from './life.ts';

export type PartyBreach = {
  number: string;
  state: BreachState;
  risk: Risk | null;
  /** ISO instant. */
  noticedAt: string;
};

const shownMax = 50;

/**
 * Breaches of which a processor or a provider told us, newest first, for its page: with a provider, those of its
 * processors, too. They show that there was one, and no more.
 */
export async function listBreachesOf(
  actor: Actor,
  { id }: { id: string },
  { db }: Pick<Context, 'db'>,
): Promise<Result<PartyBreach[]>> {
  const refused = lacksAnyReading(actor);
  if (refused) return refused;
  const parties = await db.$queryRaw<{ number: string }[]>`
    select c.number from resilience_current c where c.kind in ('processor', 'provider')
      and (c.record_id = ${id}::uuid or c.kind = 'processor' and c.facts ->> 'provider' = ${id})`;
  const rows = await db.privacyBreachStanding.findMany({
    where: { processor: { in: parties.map(({ number }) => number) } },
    orderBy: [{ noticedAt: 'desc' }, { number: 'desc' }],
    select: { number: true, state: true, risk: true, noticedAt: true },
    take: shownMax,
  });
  return ok(
    rows.map((row) => ({
      number: row.number,
      state: row.state as BreachState,
      risk: row.risk as Risk | null,
      noticedAt: row.noticedAt.toISOString(),
    })),
  );
}
