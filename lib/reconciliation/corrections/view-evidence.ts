import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { ok, type Result } from '#lib/platform/result.ts';
import type { CorrectionEvidence } from '#lib/protocol/correction.ts';
import { operationId } from '#lib/protocol/scalars.ts';
import { correctionUnknown, documentOf } from './correction-row.ts';

/** What was signed about a correction, by which keys, and the journal that came of it: one file for whoever checks. */
export async function viewEvidence(
  actor: Actor,
  id: string,
  { db, settings }: Pick<Context, 'db' | 'settings'>,
): Promise<Result<{ name: string; text: string }, 'not-allowed' | 'correction-unknown'>> {
  const refused = lacksScope(actor, 'ledger:read');
  if (refused) return refused;
  const row = operationId.safeParse(id).success
    ? await db.ledgerCorrection.findUnique({
        where: { id },
        include: {
          events: { orderBy: { id: 'asc' }, take: 10, include: { statement: true } },
          posted: { select: { id: true, contentDigest: true } },
        },
      })
    : null;
  if (!row) return correctionUnknown();
  const kept = row.events.flatMap(({ statement }) => statement ?? []);
  const keys = await db.credential.findMany({
    where: { id: { in: kept.map(({ credentialId }) => credentialId) } },
  });
  const evidence = {
    type: 'countersign/correction-evidence/v1',
    number: row.number,
    origin: settings.origin,
    rpId: settings.rpId,
    document: documentOf(row),
    statements: kept.flatMap(({ document, assertion, credentialId }) => {
      const key = keys.find((one) => one.id === credentialId);
      if (!key) return [];
      return [
        {
          text: document,
          assertion,
          credential: {
            id: key.id,
            publicKey: Buffer.from(key.publicKey).toString('base64url'),
            backupEligible: key.backupEligible,
          },
        },
      ];
    }),
    journal: row.posted && {
      number: row.posted.id.toString(),
      contentDigest: row.posted.contentDigest,
    },
    // The rows are read as they are kept; whoever checks the file checks its form.
  } satisfies Omit<CorrectionEvidence, 'statements'> & { statements: object[] };
  return ok({ name: `${row.number}.json`, text: `${JSON.stringify(evidence, null, 2)}\n` });
}
