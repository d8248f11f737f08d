/** The register of information as the file that is filed, for whoever saves it. */
import { createReadStream } from 'node:fs';
import { appendAudit } from '#lib/audit/append-entry.ts';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { readForm } from '#lib/platform/forms.ts';
import { ok, type Result } from '#lib/platform/result.ts';
import { registerSubject } from '../register/audit-subject.ts';
import { openRegisterPackage, type RegisterPackage } from './register-package.ts';
import { referenceDate } from './view-register-check.ts';

export type RegisterFile = {
  name: string;
  size: number;
  /** Reads it once; the file goes with the end of it, whether all was read or not. */
  pieces: AsyncGenerator<Uint8Array>;
};

/** Who takes it, and for which day, is on record before the first byte leaves. */
export async function viewRegisterFile(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<RegisterFile>> {
  const refused = lacksScope(actor, 'resilience:read');
  if (refused) return refused;
  const read = readForm(referenceDate, input);
  if (!read.ok) return read;
  const { date } = read.form;
  const opened = await openRegisterPackage(context, date);
  if (!opened.ok) return opened;
  const { name, bytes, rows, remove } = opened.value;
  try {
    await inTransaction(context.db, (tx) =>
      appendAudit(tx, {
        kind: 'register-of-information-exported',
        subject: registerSubject,
        actor: actor.personId,
        at: context.clock(),
        facts: { date, rows, bytes },
      }),
    );
  } catch (error) {
    await remove();
    throw error;
  }
  return ok({ name, size: bytes, pieces: piecesOf(opened.value) });
}

async function* piecesOf({ path, remove }: RegisterPackage): AsyncGenerator<Uint8Array> {
  try {
    for await (const piece of createReadStream(path)) yield piece as Uint8Array;
  } finally {
    await remove();
  }
}
