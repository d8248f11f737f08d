/** The rows of the register of information, streamed out of the records as they stand, in one snapshot. */
import type { Database } from '#lib/platform/db/client.ts';
import { Prisma } from '#lib/platform/db/generated/client.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { individual } from '../codes.ts';
import { dayOf } from '../days.ts';
import type { ContractFacts } from '../kinds/contract.ts';
import type { EntityFacts } from '../kinds/entity.ts';
import type { FunctionFacts } from '../kinds/function.ts';
import { individualTexts, type ProviderFacts } from '../kinds/provider.ts';
import type { Outward } from '../register/cells.ts';
import {
  assessmentRows,
  branchRows,
  chainRows,
  contractRow,
  definitionRow,
  entityRows,
  functionRow,
  listRows,
  maintainerRow,
  providerRow,
  userRows,
  rowsOfUses,
} from '../register/rows-out.ts';
import type { Row, TemplateCode } from '../roi/column.ts';
import type { RegisterSource } from '../roi/register-source.ts';
import type { Texts } from './kind-rules.ts';
import type { Kind } from './kinds.ts';
import { loadTexts, standingOfRow, type Standing } from './load-record.ts';

/** Records read at once; what is in memory at a time does not grow with the register. */
const perPage = 200;

/** An export may take as long as a large register needs. */
const snapshotMs = 120_000;

export type RecordsSource = RegisterSource & {
  /** The entity that keeps the register; null where it is not on record yet. */
  entity: { lei: string; country: string; currency: string | null } | null;
};

/**
 * Hands the register as of now to `work`; all of its rows are of one state of the database, however long it takes.
 * @param referenceDate the day that it is filed for, yyyy-mm-dd.
 */
export async function withRegisterSource<T>(
  db: Database,
  referenceDate: string,
  work: (source: RecordsSource) => Promise<T>,
): Promise<T> {
  return db.$transaction(
    async (tx) => {
      await tx.$executeRaw`set transaction read only`;
      return work(await openSource(tx, referenceDate));
    },
    {
      isolationLevel: Prisma.TransactionIsolationLevel.RepeatableRead,
      maxWait: 5_000,
      timeout: snapshotMs,
    },
  );
}

/** Facts as the kind's own schema read them before they were written. */
export const factsAs = <F>({ facts }: Pick<Standing, 'facts'>): F => facts as F;

/** The source in a transaction of the caller's, who makes it a snapshot. */
export async function openSource(tx: Tx, referenceDate: string): Promise<RecordsSource> {
  const entity = await tx.resilienceCurrent.findUnique({
    where: { kind_ref: { kind: 'entity', ref: 'entity' } },
  });
  const own = entity && !entity.retired ? standingOfRow(entity) : null;
  const facts = own && factsAs<EntityFacts>(own);
  const names = await namesOf(tx, facts?.lei ?? '');
  return {
    entity: facts && { lei: facts.lei, country: facts.country, currency: facts.currency },
    rows: (template) => rowsOf(tx, template, { own, names, referenceDate }),
  };
}

/** What ids stand for: the only thing that grows with the register, by some bytes for each record. */
export async function namesOf(tx: Tx, own: string): Promise<Outward> {
  const refs = async (kind: Kind) =>
    tx.$queryRaw<{ id: string; ref: string; type: string | null; person: string | null }[]>`
      select record_id as id, ref, facts ->> 'codeType' as type, facts ->> 'person' as person
        from resilience_current where kind = ${kind} and not retired`;
  const providers = await refs('provider');
  const individuals = providers.filter(({ person }) => person === individual).map(({ id }) => id);
  const codes = await loadTexts(tx, individuals, [individualTexts.code]);
  const mapOf = (rows: readonly { id: string; ref: string }[]) =>
    new Map(rows.map(({ id, ref }) => [id, ref]));
  return {
    own,
    functions: mapOf(await refs('function')),
    contracts: mapOf(await refs('contract')),
    providers: new Map(
      providers.map(({ id, ref, type, person }) => [
        id,
        {
          code: person === individual ? (codes.get(id)?.[individualTexts.code] ?? '') : ref,
          type: type ?? '',
        },
      ]),
    ),
  };
}

/** Records in use of a kind, by number. */
export async function* pagesOf(tx: Tx, kind: Kind): AsyncGenerator<Standing[]> {
  for (let after = ''; ;) {
    const rows = await tx.resilienceCurrent.findMany({
      where: { kind, retired: false, number: { gt: after } },
      orderBy: { number: 'asc' },
      take: perPage,
    });
    const last = rows.at(-1);
    if (!last) return;
    yield rows.map(standingOfRow);
    if (rows.length < perPage) return;
    after = last.number;
  }
}

async function* recordsOf<F>(tx: Tx, kind: Kind): AsyncGenerator<F> {
  for await (const page of pagesOf(tx, kind)) for (const one of page) yield factsAs<F>(one);
}

async function* withTexts<F>(
  tx: Tx,
  kind: Kind,
  fields: readonly string[],
): AsyncGenerator<{ id: string; facts: F; texts: Texts }> {
  for await (const page of pagesOf(tx, kind)) {
    const ids = page.map(({ id }) => id);
    const texts = await loadTexts(tx, ids, fields);
    for (const one of page)
      yield { id: one.id, facts: factsAs<F>(one), texts: texts.get(one.id) ?? {} };
  }
}

type About = { own: Standing | null; names: Outward; referenceDate: string };

async function* rowsOf(
  tx: Tx,
  template: TemplateCode,
  { own, names, referenceDate }: About,
): AsyncGenerator<Row> {
  const entity = own && factsAs<EntityFacts>(own);
  switch (template) {
    case 'B_01.01':
      if (entity) yield maintainerRow(entity, names, referenceDate);
      return;
    case 'B_01.02':
      if (own && entity) yield* entityRows(entity, names, dayOf(own.at));
      return;
    case 'B_01.03':
      if (entity) yield* branchRows(entity, names);
      return;
    case 'B_99.01':
      if (own) yield definitionRow((await loadTexts(tx, [own.id])).get(own.id) ?? {});
      return;
    case 'B_05.01': {
      const fields = Object.values(individualTexts);
      for await (const { id, facts, texts } of withTexts<ProviderFacts>(tx, 'provider', fields))
        yield providerRow(id, facts, texts, names);
      return;
    }
    case 'B_06.01':
      for await (const { facts, texts } of withTexts<FunctionFacts>(tx, 'function', ['reason']))
        yield functionRow(facts, texts, names);
      return;
    default:
      for await (const contract of recordsOf<ContractFacts>(tx, 'contract'))
        yield* contractRows(template, contract, names, referenceDate);
  }
}

/** Templates whose rows contracts give. */
export const contractTemplates = [
  'B_02.01',
  'B_02.02',
  'B_02.03',
  'B_03.01',
  'B_03.02',
  'B_03.03',
  'B_04.01',
  'B_05.02',
  'B_07.01',
] as const satisfies readonly TemplateCode[];

/** The rows of one template that a contract gives. */
export function contractRows(
  template: (typeof contractTemplates)[number],
  facts: ContractFacts,
  names: Outward,
  referenceDate: string,
): Row[] {
  switch (template) {
    case 'B_02.01':
      return [contractRow(facts, names)];
    case 'B_02.02':
      return rowsOfUses(facts, names, referenceDate);
    case 'B_04.01':
      return userRows(facts, names);
    case 'B_05.02':
      return chainRows(facts, names);
    case 'B_07.01':
      return assessmentRows(facts, names);
    default:
      return listRows(template, facts, names);
  }
}
