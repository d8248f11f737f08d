/** Texts and files of requests as rows, for erasures: those in which others may be named, and all that a request holds. */
import { dataKeys } from '#lib/platform/data-keys/our-keys.ts';
import { openEach } from '#lib/platform/data-keys/open-each.ts';
import type { Database } from '#lib/platform/db/client.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { eventsMax, textsOfEventMax, type RequestFile } from '../requests/load-request.ts';
import { fileContext } from '../requests/sealed-files.ts';
import type { TextField } from '../requests/texts.ts';
import type { FileText } from './open-file-texts.ts';

/** What somebody here wrote. What the person said, and what is to be corrected for them, stays as they made it. */
export const staffFields: readonly string[] = [
  'left-out',
  'note',
  'reasons',
  'question',
  'opinion',
  'tipping-off',
  'proof',
  'recipient',
  'received',
] satisfies TextField[];

/**
 * A page of texts in requests of others that may name the person, in the order of their commitments. Those that a legal
 * hold covers stay.
 * @param after the last commitment of the page before.
 */
export const requestTextsNaming = (
  db: Database | Tx,
  personId: string,
  { after, most }: { after: string; most: number },
): Promise<(FileText & { home: 'privacy-request' })[]> => db.$queryRaw`
  select 'privacy-request' as home, r.id::text as file, r.number, r.key_id as "keyId", t.seq, t.field, t.commitment,
      t.sealed, exists (select from holds_on_request(s.number, s.person_id)) as stays
    from privacy_request_text t join privacy_request r on r.id = t.request_id
      join privacy_request_standing s on s.request_id = t.request_id
    where t.commitment > ${after} and t.sealed is not null and t.field = any (${[...staffFields]}::text[])
      and t.request_id not in (select requests_of_person(${personId}))
    order by t.commitment limit ${most}::int`;

/** All texts of a request that are not erased. */
export async function textsOfRequest(
  tx: Tx,
  { id, number, keyId }: Pick<RequestFile, 'id' | 'number' | 'keyId'>,
): Promise<FileText[]> {
  const rows = await tx.privacyRequestText.findMany({
    where: { requestId: id, sealed: { not: null } },
    orderBy: [{ seq: 'asc' }, { field: 'asc' }],
    select: { seq: true, field: true, commitment: true, sealed: true },
    take: eventsMax * textsOfEventMax,
  });
  return rows.flatMap(({ sealed, ...row }) =>
    sealed === null
      ? []
      : [
          {
            ...row,
            sealed,
            home: 'privacy-request',
            file: id,
            number,
            keyId,
            stays: false,
          } as const,
        ],
  );
}

/**
 * Seals files that were sent with a request under its new key, a part at a time. A part that does not open is left as it
 * is: it can be read by nobody before and after.
 * @param key which the request has by now.
 * @throws DataKeysError where the key service can't be reached.
 */
export async function sealFilesAnew(tx: Tx, requestId: string, key: string): Promise<void> {
  const places = await tx.privacyRequestFile.findMany({
    where: { requestId, erasedAt: null },
    orderBy: [{ seq: 'asc' }, { part: 'asc' }],
    select: { seq: true, part: true },
    take: eventsMax,
  });
  for (const { seq, part } of places) {
    const place = { requestId_seq_part: { requestId, seq, part } };
    const { sealed } = await tx.privacyRequestFile.findUniqueOrThrow({ where: place });
    if (sealed === null) continue;
    const context = fileContext(requestId, seq)(part);
    const [opened] = await openEach(dataKeys(), [{ context, sealed }]);
    if (opened?.state !== 'open') continue;
    const [anew] = await dataKeys().seal([{ key, context, plain: opened.plain }]);
    if (!anew) throw new Error('The key service sealed less than it was given.');
    await tx.privacyRequestFile.update({
      where: place,
      data: { sealed: anew },
      select: { part: true },
    });
  }
}
