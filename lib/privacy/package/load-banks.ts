/** Which banks carried payments of a person: each of them received who pays whom, so it is a recipient by name. */
import type { Tx } from '#lib/platform/db/transaction.ts';
import { Prisma } from '#lib/platform/db/generated/client.ts';
import type { Subject } from '../collect/spans.ts';
import { within } from '../collect/system.ts';
import type { Received } from './package-schema.ts';

/** More than a custodian holds clients' money at. */
const banksMax = 50;

/** Looks through accounts in money alone, of the clients that the person is. @param tx one state of the database. */
export async function loadBanks(tx: Tx, { spans }: Subject): Promise<Received[]> {
  if (spans.length === 0) return [];
  const rows = await tx.$queryRaw<{ name: string }[]>`
    select distinct b.institution || ' (' || b.bic || ')' as name from bank_account b
    where exists (select from account a
        join posting p on p.account_id = a.id
        join journal j on j.id = p.journal_id
        join bank_booking k on k.journal_id = p.journal_id
        join bank_statement s on s.id = k.statement_id
      where ${within(spans, Prisma.sql`a.client_id`, Prisma.sql`j.posted_at`)} and a.asset = b.currency and s.account_id = b.id)
    order by 1 limit ${banksMax}`;
  return rows.map(({ name }) => ({
    name,
    what: 'As the bank that carried payments of yours; movements.csv has its references.',
    on: null,
  }));
}
