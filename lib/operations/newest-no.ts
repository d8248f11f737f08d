import { signedStatement, type SignedStatement } from '#lib/protocol/statement.ts';
import type { OperationRow } from './load-standing.ts';

/** The rejection or cancellation that ended an operation, as signed; null where there is none. Pure. */
export function newestNo(
  row: Pick<OperationRow, 'statements'>,
): { id: bigint; signed: SignedStatement } | null {
  const [newest] = row.statements
    .filter(({ decision }) => decision === 'reject' || decision === 'cancel')
    .toSorted((a, b) => (a.id > b.id ? -1 : 1));
  if (!newest) return null;
  const signed = signedStatement.parse({
    statement: JSON.parse(newest.document),
    assertion: newest.assertion,
  });
  return { id: newest.id, signed };
}
