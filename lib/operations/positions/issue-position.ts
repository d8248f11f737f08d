/** Issues a statement of position of one client because somebody asked for it. */
import { z } from 'zod';
import { appendAudit } from '#lib/audit/append-entry.ts';
import { decimalsShown } from '#lib/chains/unknown-asset.ts';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import { statementsTopic } from '#lib/ledger/statements/order-batch.ts';
import { readStatement } from '#lib/ledger/statements/read-statements.ts';
import { issuedRow, movementCount } from '#lib/ledger/statements/record.ts';
import { renderStatement } from '#lib/ledger/statements/render.ts';
import { scopeOfDays } from '#lib/ledger/statements/scope.ts';
import type { Context } from '#lib/platform/context.ts';
import { publish } from '#lib/platform/db/notify.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { movementsAtOnce, tooLong } from './at-once.ts';

const day = z.iso.date();
const wanted = z.strictObject({
  client: z.string().regex(/^[A-Za-z0-9-]{1,64}$/),
  /** First day, in UTC. */
  from: day,
  /** Last day; empty for up to now. */
  through: z.union([day, z.literal('')]),
});

/** @returns the id of the statement. */
export async function issuePosition(
  actor: Actor,
  input: unknown,
  { db, clock }: Context,
): Promise<Result<{ statement: string }>> {
  const refused = lacksScope(actor, 'position:issue');
  if (refused) return refused;
  const form = wanted.safeParse(input);
  if (!form.success)
    return refuse('form-incomplete', 'Choose a client and the first day of the period.');
  const { client, from, through } = form.data;
  const isKnown = await db.account.findFirst({ where: { clientId: client }, select: { id: true } });
  if (!isKnown) return refuse('client-unknown', 'There is no client of this number in the ledger.');
  const scope = await scopeOfDays(db, { from, through });
  if (!scope.ok) return scope;

  const content = await readStatement(db, scope.value, client, {
    decimalsOf: decimalsShown,
  });
  if (!content || movementCount(content) > movementsAtOnce) return tooLong();
  const { contentDigest, pdfDigest, csvDigest } = await renderStatement(content);
  const digests = { contentDigest, pdfDigest, csvDigest };
  const at = clock();
  const row = issuedRow({
    content,
    digests,
    scope: scope.value,
    batch: null,
    reason: 'request',
    by: actor.personId,
    at,
  });
  return inTransaction(db, async (tx) => {
    const { id } = await tx.positionStatement.create({ data: row, select: { id: true } });
    await appendAudit(tx, {
      kind: 'position-statement-issued',
      subject: id,
      actor: actor.personId,
      at,
      facts: {
        client,
        periodFrom: content.period.from,
        periodTo: content.period.to,
        lastJournal: content.close.lastJournal,
        contentDigest,
      },
    });
    await publish(tx, { topic: statementsTopic, id });
    return ok({ statement: id });
  });
}
