import type { Database } from '#lib/platform/db/client.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';

type Ready = { id: string; number: string; quarter: string; digest: string; madeBy: string };

/** The pack that somebody may sign, or why not. */
export async function readyToSign(
  db: Database | Tx,
  { id, by }: { id: string; by: string },
): Promise<Result<Ready, 'pack-unknown' | 'pack-signed'>> {
  const pack = await db.boardPack.findUnique({
    where: { id },
    select: { id: true, number: true, quarter: true, digest: true, madeBy: true },
  });
  if (!pack) return refuse('pack-unknown', 'There is no such pack.');
  const before = await db.boardSignature.findUnique({
    where: { packId_person: { packId: id, person: by } },
    select: { decision: true },
  });
  if (before)
    return refuse('pack-signed', `You have signed ${pack.number} already. A signature stays.`);
  return ok(pack);
}
