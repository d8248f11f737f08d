/** A file of an issued statement, made again from the books and compared with what was issued. */
import { appendAudit } from '#lib/audit/append-entry.ts';
import { decimalsShown } from '#lib/chains/unknown-asset.ts';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import { readStatement } from '#lib/ledger/statements/read-statements.ts';
import { pendingOnRecord, scopeOnRecord } from '#lib/ledger/statements/record.ts';
import { fileName, renderStatement, type StatementFile } from '#lib/ledger/statements/render.ts';
import type { Context } from '#lib/platform/context.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { movementsAtOnce, tooLong } from './at-once.ts';
import { findIssued } from './find-issued.ts';

export type PositionFile = { name: string; bytes: Buffer };

/** Each file that leaves is on record: who took which, and when. */
export async function viewPositionFile(
  actor: Actor,
  { id, file }: { id: string; file: StatementFile },
  { db, clock }: Context,
): Promise<Result<PositionFile>> {
  const refused = lacksScope(actor, 'ledger:read');
  if (refused) return refused;
  const row = await findIssued(db, id);
  if (!row) return refuse('statement-unknown', 'There is no such statement.');
  if (row.movements > movementsAtOnce) return tooLong();
  const content = await readStatement(db, scopeOnRecord(row), row.clientId, {
    decimalsOf: decimalsShown,
    pending: new Map([[row.clientId, pendingOnRecord(row)]]),
  });
  if (!content) return tooLong();
  const made = await renderStatement(content);
  if (made.contentDigest !== row.contentDigest)
    throw new Error(`Statement ${row.id}: the books say something else than when it was issued`);
  const digest = file === 'pdf' ? row.pdfDigest : row.csvDigest;
  if ((file === 'pdf' ? made.pdfDigest : made.csvDigest) !== digest)
    return refuse(
      'file-differs',
      'This version of the console writes the file in another form than the one that was issued, although its content is the same. Issue the statement again for the same period.',
    );
  await inTransaction(db, (tx) =>
    appendAudit(tx, {
      kind: 'position-statement-downloaded',
      subject: row.id,
      actor: actor.personId,
      at: clock(),
      facts: { client: row.clientId, file, digest },
    }),
  );
  return ok({ name: fileName(content, file), bytes: made[file] });
}
