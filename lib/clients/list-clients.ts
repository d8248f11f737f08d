/** Clients with the state of their agreements, a page at a time. */
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { inSnapshot } from '#lib/platform/db/snapshot.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { ok, type Result } from '#lib/platform/result.ts';
import { clientId } from '#lib/protocol/scalars.ts';
import { agreementAt, agreementFinding, type AgreementFinding } from './agreements/agreement.ts';
import { loadAgreements } from './agreements/load-agreements.ts';
import { policyInForce } from './policy/policy-in-force.ts';

export type ClientLine = {
  client: string;
  /** Number and version of the agreement in force; null when there is none. */
  agreement: { number: string; version: number; inForceFrom: string } | null;
  finding: AgreementFinding | null;
  /** Complaints and returns that are not ended. */
  open: number;
};

export type ClientsView = {
  clients: ClientLine[];
  /** How many clients there are, and how many of them never had an agreement registered. */
  total: number;
  withoutAny: number;
  next: string | null;
  canWrite: boolean;
};

const perPage = 100;

/** @param input.after client that the page before ended with. */
export async function listClients(
  actor: Actor,
  input: { after: string | null },
  context: Context,
): Promise<Result<ClientsView>> {
  const refused = lacksScope(actor, 'client:read');
  if (refused) return refused;
  const after = clientId.safeParse(input.after);
  const now = context.clock();
  return inSnapshot(context.db, async (tx) => {
    const rows = await tx.client.findMany({
      where: after.success ? { id: { gt: after.data } } : {},
      orderBy: { id: 'asc' },
      take: perPage + 1,
      select: { id: true },
    });
    const shown = rows.slice(0, perPage).map(({ id }) => id);
    const agreements = Map.groupBy(await loadAgreements(tx, shown), ({ client }) => client);
    const open = await openMatters(tx, shown);
    const policy = await policyInForce(tx);
    const counted = await countClients(tx);
    return ok({
      clients: shown.map((client) => {
        const own = agreements.get(client) ?? [];
        const current = agreementAt(own, now);
        return {
          client,
          agreement: current && {
            number: current.number,
            version: current.version,
            inForceFrom: current.inForceFrom,
          },
          finding: agreementFinding(own, policy?.version ?? null, now),
          open: open.get(client) ?? 0,
        };
      }),
      ...counted,
      next: rows.length > perPage ? (shown.at(-1) ?? null) : null,
      canWrite: actor.scopes.has('client:write'),
    });
  });
}

async function openMatters(
  tx: Tx,
  clients: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const rows = await tx.$queryRaw<{ client: string; open: number }[]>`
    select c.client_id as client, count(*)::int as open from register_case c
      where c.client_id = any(${[...clients]}::text[]) and c.register in ('complaint', 'return')
        and not exists (select from register_step s where s.case_id = c.id
          and s.step in ('decided', 'returned', 'withdrawn'))
      group by c.client_id`;
  return new Map(rows.map(({ client, open }) => [client, open]));
}

async function countClients(tx: Tx): Promise<{ total: number; withoutAny: number }> {
  const [row] = await tx.$queryRaw<{ total: number; without: number }[]>`
    select count(*)::int as total, (count(*) filter (where not exists (
        select from register_case a where a.client_id = c.id and a.register = 'agreement'
          and not exists (select from register_step s where s.case_id = a.id and s.step = 'ended'))))::int as without
      from client c`;
  return { total: row?.total ?? 0, withoutAny: row?.without ?? 0 };
}
