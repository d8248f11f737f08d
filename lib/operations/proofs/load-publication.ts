import { controlWritten } from '#lib/chains/control-proof.ts';
import type { Database } from '#lib/platform/db/client.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { proofOfControlIntent } from '#lib/protocol/control-intent.ts';
import {
  reservesSnapshot,
  type ControlProof,
  type ReservesPublication,
} from '#lib/protocol/reserves.ts';

/** A snapshot with the newest signature of each vault; null when there is none of this id. */
export async function loadPublication(
  db: Database | Tx,
  id: string,
): Promise<{
  publication: ReservesPublication;
  digest: string;
  clients: number;
  takenAt: Date;
} | null> {
  const row = await db.reservesSnapshot.findUnique({
    where: { id },
    include: {
      controls: {
        orderBy: [{ signedAt: 'desc' }, { operationId: 'asc' }],
        include: { operation: { select: { intent: true } } },
        take: 1_000,
      },
    },
  });
  if (!row) return null;
  const newest = new Map<string, ControlProof>();
  for (const { vaultId, signature, operation } of row.controls)
    if (!newest.has(vaultId)) {
      const intent = proofOfControlIntent.parse(JSON.parse(operation.intent));
      newest.set(vaultId, { intent, signature: controlWritten(intent.chain, signature) });
    }
  return {
    publication: {
      type: 'countersign/reserves-publication/v1',
      snapshot: reservesSnapshot.parse(JSON.parse(row.document)),
      controls: [...newest.values()].sort((a, b) => (a.intent.vault < b.intent.vault ? -1 : 1)),
    },
    digest: row.digest,
    clients: row.clients,
    takenAt: row.takenAt,
  };
}
