import type { Tx } from '#lib/platform/db/transaction.ts';
import { amountText } from '#lib/operations/ledger-text.ts';
import { formatAmount } from '#lib/protocol/amount.ts';

export type EntitlementLine = {
  account: string;
  client: string | null;
  /** Exact decimal text. */
  position: string;
  amount: string;
  goesTo: 'client' | 'custodian';
  outcome: {
    what: string;
    journal: string | null;
    /** The journal that took it back again; null while none did. */
    takenBackBy: string | null;
    agreement: string | null;
    at: string;
  } | null;
};

/** Where what is due goes, over all holders. Exact decimal texts. */
export type DueTo = {
  clients: string;
  /** Null where no agreement gives the custodian anything. */
  custodian: { amount: string; clients: number } | null;
  /** To who is not known yet; null where every owner is. */
  unknown: string | null;
};

/** Sums the entitlements of an event by who gets them. */
export async function sumDueTo(tx: Tx, event: { id: string; decimals: number }): Promise<DueTo> {
  const rows = await tx.$queryRaw<{ to: keyof DueTo; units: string; clients: number }[]>`
    select case when e.goes_to = 'custodian' then 'custodian' when a.client_id is null then 'unknown' else 'clients' end as to,
        sum(e.amount)::text as units, count(distinct a.client_id)::int as clients
      from rights_entitlement e join account a on a.id = e.account_id
      where e.case_id = ${event.id}::uuid group by 1`;
  const of = (to: keyof DueTo) => rows.find((row) => row.to === to);
  const text = (units: string) => formatAmount(BigInt(units), event.decimals);
  const [custodian, unknown] = [of('custodian'), of('unknown')];
  return {
    clients: text(of('clients')?.units ?? '0'),
    custodian: custodian ? { amount: text(custodian.units), clients: custodian.clients } : null,
    unknown: unknown ? text(unknown.units) : null,
  };
}

type Row = {
  account: string;
  client: string | null;
  position: string;
  amount: string;
  goesTo: 'client' | 'custodian';
  what: string | null;
  journal: string | null;
  takenBackBy: string | null;
  agreement: string | null;
  at: Date | null;
};

const perPage = 100;

/** Entitlements of an event in the order of accounts, a page at a time. */
export async function loadEntitlements(
  tx: Tx,
  event: { id: string; asset: string; decimals: number },
  after: string | null,
): Promise<{ lines: EntitlementLine[]; next: string | null }> {
  const rows = await tx.$queryRaw<Row[]>`
    select e.account_id as account, a.client_id as client, e.position::text, e.amount::text, e.goes_to as "goesTo",
        o.what, o.journal_id::text as journal, g.number as agreement, o.at,
        outcome_taken_back(o.journal_id, o.line)::text as "takenBackBy"
      from rights_entitlement e join account a on a.id = e.account_id
        left join register_outcome o on o.case_id = e.case_id and o.account_id = e.account_id
        left join register_case g on g.id = o.agreement_id
      where e.case_id = ${event.id}::uuid and e.account_id > ${after ?? ''}
      order by e.account_id limit ${perPage + 1}`;
  const page = rows.slice(0, perPage);
  return {
    lines: page.map(
      ({
        account,
        client,
        position,
        amount,
        goesTo,
        what,
        journal,
        takenBackBy,
        agreement,
        at,
      }) => ({
        account,
        client,
        goesTo,
        position: amountText(position, event.asset),
        amount: formatAmount(BigInt(amount), event.decimals),
        outcome:
          what === null || at === null
            ? null
            : { what, journal, takenBackBy, agreement, at: at.toISOString() },
      }),
    ),
    next: rows.length > perPage ? (page.at(-1)?.account ?? null) : null,
  };
}
