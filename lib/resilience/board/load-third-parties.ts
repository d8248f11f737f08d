import type { Tx } from '#lib/platform/db/transaction.ts';
import { foundInFactsSql } from '../records/found-in-facts.ts';
import type { FrameworkFigures } from '../records/reckon-framework.ts';
import { listMax, type BoardPack } from './pack.ts';

type Named = { id: string; number: string; name: string | null };

/** ICT providers, their contracts and where too much hangs on too few. */
export async function loadThirdParties(
  tx: Pick<Tx, '$queryRaw'>,
  framework: FrameworkFigures,
  today: string,
): Promise<BoardPack['thirdParties']> {
  const { concentrations, clauses, contracts, criticalContracts } = framework;
  const shown = concentrations.slice(0, listMax);
  const names = await namesOf(
    tx,
    shown.map(({ provider }) => provider),
  );
  const [counts] = await tx.$queryRaw<{ providers: number; untested: number }[]>`
    select (select count(*)::int from resilience_current where kind = 'provider' and not retired) as providers,
      (select count(*)::int from resilience_current c where c.kind = 'contract' and not c.retired
        and ${foundInFactsSql('exit-untested', today)})
        as untested`;
  return {
    providers: counts?.providers ?? 0,
    contracts,
    criticalContracts,
    concentrations: concentrations.length,
    concentrationList: shown.map((one) => ({
      kind: one.kind,
      article: one.article,
      provider: names.get(one.provider)?.number ?? one.provider,
      providerName: names.get(one.provider)?.name ?? null,
      contracts: one.contracts.length,
      detail: one.detail,
    })),
    contractsLackingClauses: clauses.length,
    clausesMissing: clauses.reduce((sum, { missing }) => sum + missing, 0),
    exitPlansUntested: counts?.untested ?? 0,
  };
}

/** Numbers and names of records by id. The name of an individual is an erasable text and not among them. */
export async function namesOf(
  tx: Pick<Tx, '$queryRaw'>,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Named>> {
  if (ids.length === 0) return new Map();
  const rows = await tx.$queryRaw<Named[]>`
    select record_id::text as id, number, facts ->> 'name' as name from resilience_current
      where record_id = any (${[...new Set(ids)]}::uuid[])`;
  return new Map(rows.map((row) => [row.id, row]));
}
