import type { Database } from '#lib/platform/db/client.ts';

/** What answers a request for tests: the package that was decided on, else the reasons of the decision as they were kept. */
export async function sentDigest(owner: Database, requestId: string): Promise<string> {
  const proposal = await owner.privacyRequestEvent.findFirstOrThrow({
    where: { requestId, kind: 'proposed' },
    orderBy: { seq: 'desc' },
  });
  const copy = (proposal.facts as { package?: string | null }).package;
  if (copy) return copy;
  const { commitment } = await owner.privacyRequestText.findUniqueOrThrow({
    where: { requestId_seq_field: { requestId, seq: proposal.seq, field: 'reasons' } },
  });
  return commitment;
}
