/** The registers of data protection out of one snapshot of the database. */
import { Prisma } from '#lib/platform/db/generated/client.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { activityUpkeep } from '#lib/resilience/kinds/activity.ts';
import { kindsOf, type PrivacyKind } from '#lib/resilience/records/kinds.ts';
import type { ChangedAt, ContractPlaces, Kept, Registers } from './registers.ts';

type Reading = Pick<Tx, '$queryRaw'>;
type Row = Omit<Kept<unknown>, 'texts'> & { kind: PrivacyKind; texts: string[] };

/** Records in use, and those of the third-party register that they have to agree with. @param tx a snapshot. */
export async function loadRegisters(tx: Reading): Promise<Registers> {
  const rows = await loadRows(tx);
  // Each was read by its kind's own schema when it was saved.
  const of = <F>(kind: PrivacyKind): Kept<F>[] =>
    rows
      .filter((row) => row.kind === kind)
      .map(({ kind: _kind, texts, facts, ...row }) => ({
        ...row,
        facts: facts as F,
        texts: new Set(texts),
      }));
  return {
    activity: of('activity'),
    dpia: of('dpia'),
    transfer: of('transfer'),
    processor: of('processor'),
    notice: of('notice'),
    consent: of('consent'),
    party: of('party'),
    contracts: await loadContracts(tx),
    activityChangedAt: await loadActivityChanges(tx),
    dpiaAssessedAt: await loadAssessed(tx),
  };
}

const loadRows = (tx: Reading): Promise<Row[]> =>
  tx.$queryRaw<Row[]>`
    select c.record_id::text as id, c.kind, c.number, coalesce(c.name, c.ref) as name, c.facts,
        to_char(c.due_on, 'YYYY-MM-DD') as "dueOn",
        array(select n.field from (select distinct on (t.field) t.field, t.taken from resilience_text t
          where t.record_id = c.record_id order by t.field, t.version desc) n
          where not n.taken) as texts
      from resilience_current c
      where c.kind = any (${[...kindsOf.privacy]}::text[]) and not c.retired order by c.number`;

const loadContracts = (tx: Reading): Promise<ContractPlaces[]> =>
  tx.$queryRaw<ContractPlaces[]>`
    select c.record_id::text as id, c.number, coalesce(c.name, c.ref) as name,
        coalesce((select jsonb_agg(jsonb_build_object('provider', u ->> 'provider', 'endsOn', u ->> 'endsOn',
            'dataAt', u ->> 'dataAt', 'processedAt', u ->> 'processedAt'))
          from jsonb_array_elements(c.facts -> 'uses') u), '[]'::jsonb) as uses,
        coalesce((select jsonb_agg(distinct l ->> 'provider')
          from jsonb_array_elements(c.facts -> 'chain') l), '[]'::jsonb) as chain
      from resilience_current c where c.kind = 'contract' and not c.retired order by c.number`;

/**
 * When an activity was last changed in what is processed: who owns it and when it is reviewed are no such change, its
 * measures of security are.
 */
async function loadActivityChanges(tx: Reading): Promise<ChangedAt> {
  const upkeep = [...activityUpkeep];
  return changes(
    tx,
    Prisma.sql`select v.record_id as id, v.written_at as at,
        v.facts - ${upkeep}::text[] is distinct from lag(v.facts - ${upkeep}::text[])
          over (partition by v.record_id order by v.version)
        or exists (select from resilience_text t
          where t.record_id = v.record_id and t.version = v.version and t.field = 'measures') as changed
      from resilience_version v join resilience_current c on c.record_id = v.record_id
      where c.kind = 'activity' and not c.retired`,
  );
}

/** When the day of an assessment was written down. */
const loadAssessed = (tx: Reading): Promise<ChangedAt> =>
  changes(
    tx,
    Prisma.sql`select v.record_id as id, v.written_at as at,
        v.facts ->> 'assessedOn' is distinct from lag(v.facts ->> 'assessedOn')
          over (partition by v.record_id order by v.version) as changed
      from resilience_version v join resilience_current c on c.record_id = v.record_id
      where c.kind = 'dpia' and not c.retired`,
  );

async function changes(tx: Reading, versions: Prisma.Sql): Promise<ChangedAt> {
  const rows = await tx.$queryRaw<{ id: string; at: Date }[]>`
    select v.id::text as id, max(v.at) as at from (${versions}) v where v.changed group by v.id`;
  return new Map(rows.map(({ id, at }) => [id, at.toISOString()]));
}
