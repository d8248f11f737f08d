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
  outcome: { what: string; journal: string | null; agreement: string | null; at: string } | null;
};

type Row = {
  account: string;
  client: string | null;
  position: string;
  amount: string;
  goesTo: 'client' | 'custodian';
  what: string | null;
  journal: string | null;
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
        o.what, o.journal_id::text as journal, g.number as agreement, o.at
      from rights_entitlement e join account a on a.id = e.account_id
        left join register_outcome o on o.case_id = e.case_id and o.account_id = e.account_id
        left join register_case g on g.id = o.agreement_id
      where e.case_id = ${event.id}::uuid and e.account_id > ${after ?? ''}
      order by e.account_id limit ${perPage + 1}`;
  const page = rows.slice(0, perPage);
  return {
    lines: page.map(
      ({ account, client, position, amount, goesTo, what, journal, agreement, at }) => ({
        account,
        client,
        goesTo,
        position: amountText(position, event.asset),
        amount: formatAmount(BigInt(amount), event.decimals),
        outcome:
          what === null || at === null ? null : { what, journal, agreement, at: at.toISOString() },
      }),
    ),
    next: rows.length > perPage ? (page.at(-1)?.account ?? null) : null,
  };
}
