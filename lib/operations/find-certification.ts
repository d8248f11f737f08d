import type { Database } from '#lib/platform/db/client.ts';
import { asState, finalStates, type OperationState } from './states.ts';

export type OpenCertification = { id: string; number: string; state: OperationState };

/** The operation by which a listed destination is being certified again; null where there is none. */
export async function findOpenCertification(
  destination: { id: string; state: string },
  db: Pick<Database, 'operation'>,
): Promise<OpenCertification | null> {
  if (destination.state !== 'listed') return null;
  const open = await db.operation.findFirst({
    where: {
      kind: 'destination-listing',
      destinationId: destination.id,
      state: { notIn: [...finalStates] },
    },
    select: { id: true, number: true, state: true },
    orderBy: { raisedAt: 'desc' },
  });
  return open ? { ...open, state: asState(open.state) } : null;
}
