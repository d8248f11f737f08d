/** Takes in a bank's statement from its file: all of it, or nothing and the reason. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { appendAudit } from '#lib/audit/append-entry.ts';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import { findGrantEnded } from '#lib/operations/access/grant-ended.ts';
import { beforeGenesis } from '#lib/operations/prepare-raise.ts';
import { loadRoster } from '#lib/operations/trust.ts';
import { keysRefusal } from '#lib/persons/keys-refusal.ts';
import type { Context } from '#lib/platform/context.ts';
import { lockNamed } from '#lib/platform/db/lock-named.ts';
import { publish } from '#lib/platform/db/notify.ts';
import { inTransaction, type Tx } from '#lib/platform/db/transaction.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { checkSuccession } from '../statements/check-succession.ts';
import { answerOf, isStatementFormat, readStatement } from '../statements/read-statement.ts';
import { asRefused } from '../statements/refusal.ts';
import { latestDay } from './days.ts';
import { loadImported } from './load-imported.ts';
import { keepEntryTexts, writeStatement, type NewStatement } from './write-statement.ts';

const form = z.strictObject({
  /** Name of the account that it is for. */
  account: z.string().max(60),
  /** What whoever imports it says it is; never guessed. */
  format: z.string().refine(isStatementFormat),
  bytes: z.instanceof(Uint8Array),
});

export type ImportedStatement = { account: string; statement: string; entries: number };

/** Thousands of rows at most; far above what it takes. */
const timeoutMs = 60_000;

/**
 * Imports one statement of one account. A refusal says the line of the file and the reason, and
 * nothing is kept. Of two that come at the same moment one is imported.
 *
 * Officers import: it is daily work that moves what clients are shown to own, so it is done by people
 * whom the roster names with a key and whose doings are theirs to answer for. Managers and auditors
 * look at what comes of it and so put nothing in; administrators give access, not money.
 */
export async function importStatement(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<ImportedStatement>> {
  const refused = lacksScope(actor, 'bank:write');
  if (refused) return refused;
  const asked = form.safeParse(input);
  if (!asked.success)
    return refuse('form-invalid', 'Choose the account, the file and what kind of file it is.');
  const { format, bytes } = asked.data;
  const account = await context.db.bankAccount.findUnique({ where: { id: asked.data.account } });
  if (!account)
    return refuse('account-unknown', 'There is no such account. Choose one of the list.');
  const now = context.clock();
  const read = readStatement(bytes, format, account, latestDay(now));
  if (!read.ok) return asRefused(read.refusal);
  const digest = createHash('sha256').update(bytes).digest('hex');
  const kept = await keysRefusal(async () => ok(await keepEntryTexts(read.value)));
  if (!kept.ok) return kept;
  return inTransaction(
    context.db,
    async (tx) => {
      const roster = await loadRoster(tx);
      if (!roster) return beforeGenesis();
      const ended = findGrantEnded(roster, actor.personId, now);
      if (ended) return ended;
      return take(tx, {
        account: account.id,
        statement: read.value,
        texts: kept.value,
        file: { format, digest, bytes: bytes.length },
        by: actor.personId,
        at: now,
      });
    },
    { timeoutMs },
  );
}

async function take(tx: Tx, taken: NewStatement): Promise<Result<ImportedStatement>> {
  const { account, statement, file, by, at } = taken;
  // One import of an account at a time, so that each sees the statement before it.
  await lockNamed(tx, `bank-statement/${account}`);
  const imported = await loadImported(tx, taken);
  const follows = answerOf(() => checkSuccession(statement, imported));
  if (!follows.ok) return asRefused(follows.refusal);
  const id = await writeStatement(tx, taken, imported.previous?.id ?? null);
  await appendAudit(tx, {
    kind: 'statement-imported',
    subject: account,
    actor: by,
    at,
    facts: {
      statement: id.toString(),
      sequence: statement.sequence,
      entries: statement.entries.length,
      closing: statement.closing.toString(),
      fileDigest: file.digest,
    },
  });
  await publish(tx, { topic: 'ledger', id: account });
  return ok({ account, statement: id.toString(), entries: statement.entries.length });
}
