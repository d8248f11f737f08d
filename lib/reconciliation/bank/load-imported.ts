import type { Tx } from '#lib/platform/db/transaction.ts';
import { unitsOf } from '#lib/platform/db/units-of.ts';
import type { Imported, PreviousStatement } from '../statements/check-succession.ts';
import { dayText } from './days.ts';
import type { NewStatement } from './write-statement.ts';

type Before = Omit<Imported, 'previous'> & {
  previous: (PreviousStatement & { id: bigint }) | null;
};

/** What was imported already, as far as it stands against this statement. Read under the account's lock. */
export async function loadImported(tx: Tx, taken: NewStatement): Promise<Before> {
  const { account, statement, file } = taken;
  const last = await tx.bankStatement.findFirst({
    where: { accountId: account },
    orderBy: { id: 'desc' },
  });
  const same = { accountId: account, bankId: statement.id };
  const references = statement.entries.map(({ reference }) => reference);
  const known = await tx.$queryRaw<{ reference: string }[]>`
    select reference from bank_entry where account_id = ${account} and reference = any(${references}::text[])`;
  return {
    hasFile: (await tx.bankStatement.count({ where: { fileDigest: file.digest } })) > 0,
    hasId: (await tx.bankStatement.count({ where: same })) > 0,
    references: new Set(known.map(({ reference }) => reference)),
    previous: last && {
      id: last.id,
      sequence: last.sequence,
      to: dayText(last.toDay),
      closing: unitsOf(last.closing),
    },
  };
}
