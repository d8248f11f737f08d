/** What the registers hold about one client, newest first: the last few of each, with where the rest is. */
import { amountText } from '#lib/operations/ledger-text.ts';
import { nextDue } from '#lib/ledger/statements/quarter.ts';
import type { Database } from '#lib/platform/db/client.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { formatAmount } from '#lib/protocol/amount.ts';
import { complaintView, type ComplaintView } from './complaints/complaint-view.ts';
import { euroText } from './losses/loss-view.ts';
import { verdictWords, type Verdict } from './losses/value-at-loss.ts';
import { loadCases } from './register/load-cases.ts';
import { returnView, type ReturnView } from './returns/return-view.ts';
import { rightsFacts } from './rights/event.ts';

export type EntitlementOf = {
  event: string;
  number: string;
  brings: string;
  /** Exact decimal text. */
  amount: string;
  goesTo: 'client' | 'custodian';
  /** Whether a second person approved it, and how it ended; `taken-back` where a correction undid that. */
  isApproved: boolean;
  outcome: string | null;
};

export type LossOf = {
  loss: string;
  number: string;
  asset: string;
  amount: string;
  /** Euro. */
  value: string;
  /** What is owed for it; null where nothing is, or nothing is decided yet. */
  liability: string | null;
  /** What was decided, in words; null until a second person accepted it. */
  decided: string | null;
  isPaid: boolean;
};

export type ClientMatters = {
  returns: ReturnView[];
  complaints: ComplaintView[];
  entitlements: EntitlementOf[];
  losses: LossOf[];
  /** Addresses that hold this client's coins alone. */
  ownAddresses: { chain: string; address: string }[];
  statement: { due: string; isOverdue: boolean; last: string | null };
};

const shown = 10;

export async function loadMatters(
  db: Database | Tx,
  { id: client, createdAt }: { id: string; createdAt: Date },
  now: Date,
): Promise<ClientMatters> {
  const [returns, complaints, entitlements, losses, ownAddresses, last] = await Promise.all([
    loadCases(db, { register: 'return', clients: [client], limit: shown }),
    loadCases(db, { register: 'complaint', clients: [client], limit: shown }),
    entitlementsOf(db, client),
    lossesOf(db, client),
    db.addressClass.findMany({
      where: { clientId: client },
      select: { chain: true, address: true },
      orderBy: [{ chain: 'asc' }, { address: 'asc' }],
      take: 50,
    }),
    db.positionStatement.findFirst({
      where: { clientId: client },
      orderBy: { issuedAt: 'desc' },
      select: { id: true, issuedAt: true },
    }),
  ]);
  const due = nextDue(last?.issuedAt ?? createdAt);
  return {
    returns: returns.map((one) => returnView(one, now)),
    complaints: complaints.map((one) => complaintView(one, now)),
    entitlements,
    losses,
    ownAddresses,
    statement: { due: due.toISOString(), isOverdue: due < now, last: last?.id ?? null },
  };
}

type EntitlementRow = Omit<EntitlementOf, 'brings' | 'amount'> & { facts: unknown; units: string };

async function entitlementsOf(db: Database | Tx, client: string): Promise<EntitlementOf[]> {
  const rows = await db.$queryRaw<EntitlementRow[]>`
    select c.id::text as event, c.number, c.facts, e.amount::text as units, e.goes_to as "goesTo", case when outcome_taken_back(o.journal_id, o.line) is null then o.what else 'taken-back' end as outcome,
        exists (select from register_step s where s.case_id = c.id and s.step = 'approved') as "isApproved"
      from account a join rights_entitlement e on e.account_id = a.id join register_case c on c.id = e.case_id
        left join register_outcome o on o.case_id = e.case_id and o.account_id = e.account_id
      where a.client_id = ${client}
        and not exists (select from register_step s where s.case_id = c.id and s.step = 'dropped')
      order by c.opened_at desc, c.id limit ${shown}`;
  return rows.map(({ facts, units, ...row }) => {
    const { brings, decimals } = rightsFacts.parse(facts);
    return { ...row, brings, amount: formatAmount(BigInt(units), decimals) };
  });
}

type LossRow = {
  loss: string;
  number: string;
  asset: string;
  units: string;
  value: string;
  cents: string | null;
  verdict: Verdict | null;
  isPaid: boolean;
};

async function lossesOf(db: Database | Tx, client: string): Promise<LossOf[]> {
  const rows = await db.$queryRaw<LossRow[]>`
    select c.id::text as loss, c.number, a.asset, s.units::text, s.value_cents::text as value, l.cents::text,
        case when exists (select from register_step d where d.case_id = c.id and d.step = 'accepted')
          then (select p.facts ->> 'verdict' from register_step p
            where p.case_id = c.id and p.step = 'proposed' order by p.seq desc limit 1) end as verdict,
        exists (select from register_outcome o where o.case_id = s.case_id and o.account_id = s.account_id
          and outcome_taken_back(o.journal_id, o.line) is null) as "isPaid"
      from account a join loss_share s on s.account_id = a.id join register_case c on c.id = s.case_id
        left join loss_liability l on l.case_id = s.case_id and l.account_id = s.account_id
      where a.client_id = ${client}
      order by c.opened_at desc, c.id limit ${shown}`;
  return rows.map(({ units, value, cents, verdict, ...row }) => ({
    ...row,
    amount: amountText(units, row.asset),
    value: euroText(value),
    // A part too small for a cent is owed nothing either.
    liability: cents === null || cents === '0' ? null : euroText(cents),
    decided: verdict && verdictWords[verdict],
  }));
}
