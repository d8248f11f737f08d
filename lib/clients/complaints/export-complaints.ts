import { appendAudit } from '#lib/audit/append-entry.ts';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { csvOf } from '#lib/platform/csv.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { loadCases } from '../register/load-cases.ts';
import { pageOf } from '../register/page-of.ts';
import { complaintView, registerLine } from './complaint-view.ts';
import { registerRows, type RegisterLine } from './register-rows.ts';

const pageSize = 400;
const linesMax = 10_000;

/**
 * The whole complaints register as CSV, newest first. It holds names, so the audit trail says who
 * took it.
 */
export async function exportComplaints(
  actor: Actor,
  context: Context,
): Promise<Result<{ text: string; lines: number }>> {
  const refused = lacksScope(actor, 'client:read');
  if (refused) return refused;
  const now = context.clock();
  return inTransaction(
    context.db,
    async (tx) => {
      const lines: RegisterLine[] = [];
      let before: { openedAt: Date; id: string } | undefined;
      do {
        const cases = await loadCases(tx, {
          register: 'complaint',
          limit: pageSize + 1,
          ...(before ? { before } : {}),
        });
        const { page, next } = pageOf(cases, pageSize);
        lines.push(...page.map((one) => registerLine(complaintView(one, now))));
        const last = page.at(-1);
        before =
          next !== null && last ? { openedAt: new Date(last.openedAt), id: last.id } : undefined;
        if (lines.length > linesMax)
          return refuse(
            'too-many',
            'The register has more than 10,000 complaints, which one export does not carry. Ask whoever runs the database for it.',
          );
      } while (before);
      await appendAudit(tx, {
        kind: 'register-exported',
        subject: 'complaint',
        actor: actor.personId,
        at: now,
        facts: { register: 'complaint', lines: lines.length },
      });
      return ok({ text: csvOf(registerRows(lines)), lines: lines.length });
    },
    { timeoutMs: 60_000 },
  );
}
