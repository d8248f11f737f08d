/**
 * What an answer to the person can be, so that it is known later what they were sent: the package that was decided on, or
 * a file or a text that came on record after the decision was proposed, by its commitment. What stood there before is the
 * person's own message, a proof of who they are, or what was said meanwhile.
 */
import type { Tx } from '#lib/platform/db/transaction.ts';
import { refuse, type Refused } from '#lib/platform/result.ts';
import type { RequestFile } from './load-request.ts';

export type Sendable = {
  /** SHA-256 of the package, or the salted commitment that stands with the file or the text. */
  digest: string;
  /** The event that it came with; null for the package. */
  seq: number | null;
  what: 'package' | 'file' | 'note' | 'reasons';
};

/** More letters than a request ever has. */
const most = 50;

/** The newest first; where a copy is handed out, that alone. */
export async function findSendable(
  tx: Tx,
  { id, standing, events }: Pick<RequestFile, 'id' | 'standing' | 'events'>,
): Promise<Sendable[]> {
  const { proposal } = standing;
  if (proposal === null) return [];
  if (proposal.package !== null) return [{ digest: proposal.package, seq: null, what: 'package' }];
  const texts = await tx.privacyRequestText.findMany({
    where: {
      requestId: id,
      OR: [
        { field: 'note', seq: { gt: proposal.seq } },
        { field: 'reasons', seq: proposal.seq },
      ],
    },
    orderBy: { seq: 'desc' },
    select: { seq: true, field: true, commitment: true },
    take: most,
  });
  const files = events.flatMap((event): Sendable[] =>
    event.kind === 'file-added' && event.seq > proposal.seq
      ? [{ digest: event.facts.commitment, seq: event.seq, what: 'file' }]
      : [],
  );
  return [
    ...texts.map(({ seq, field, commitment }): Sendable => ({
      digest: commitment,
      seq,
      what: field === 'note' ? 'note' : 'reasons',
    })),
    ...files,
  ]
    .toSorted((one, other) => (other.seq ?? 0) - (one.seq ?? 0))
    .slice(0, most);
}

/** The refusal of an answer that nobody could show again. */
export async function findUnsent(
  tx: Tx,
  file: Pick<RequestFile, 'id' | 'number' | 'standing' | 'events'>,
  digest: string,
): Promise<Refused<'sent-unknown' | 'other-package'> | null> {
  const sendable = await findSendable(tx, file);
  if (sendable.some((one) => one.digest === digest)) return null;
  return file.standing.proposal?.package
    ? refuse('other-package', 'What was sent is not the package that was approved.')
    : refuse(
        'sent-unknown',
        `What was sent is not on record of ${file.number}. Add the letter there as a file, or keep it as a note, now that it is decided; then choose it.`,
      );
}
