/** Texts and files of requests as rows, for erasures: those in which others may be named, and all that a request holds. */
import { dataKeys } from '#lib/platform/data-keys/our-keys.ts';
import { openEach } from '#lib/platform/data-keys/open-each.ts';
import type { Database } from '#lib/platform/db/client.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { eventsMax, textsOfEventMax, type RequestFile } from '../requests/load-request.ts';
import { fileContext } from '../requests/sealed-files.ts';
import type { TextField } from '../requests/texts.ts';
import type { FileRow, FileText } from './open-file-texts.ts';

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

type Page = {
  /** The last commitment of the page before. */
  after: string;
  most: number;
};
type RequestRow = FileRow & { home: 'privacy-request' };

/** A page of texts in requests of others that may name the person, in the order of their commitments. */
export const requestTexts = (
  db: Database | Tx,
  personId: string,
  { after, most }: Page,
): Promise<RequestRow[]> => db.$queryRaw`
  select 'privacy-request' as home, r.id::text as file, r.number, r.key_id as "keyId", t.seq, t.field, t.commitment,
      t.sealed
    from privacy_request_text t join privacy_request r on r.id = t.request_id
    where t.commitment > ${after} and t.sealed is not null and t.field = any (${[...staffFields]}::text[])
      and t.request_id not in (select requests_of_person(${personId}))
    order by t.commitment limit ${most}::int`;

/** A page of those that are on record as naming the person. Those that a legal hold covers stay. */
export const requestTextsNaming = (
  db: Database | Tx,
  personId: string,
  { after, most }: Page,
): Promise<(RequestRow & FileText)[]> => db.$queryRaw`
  select 'privacy-request' as home, r.id::text as file, r.number, r.key_id as "keyId", t.seq, t.field, t.commitment,
      t.sealed, exists (select from holds_on_request(s.number, s.person_id)) as stays
    from person_mention m join privacy_request_text t on t.commitment = m.commitment
      join privacy_request r on r.id = t.request_id
      join privacy_request_standing s on s.request_id = t.request_id
    where m.person_id = ${personId} and m.of_table = 'privacy_request_text' and t.commitment > ${after}
      and t.sealed is not null and t.field = any (${[...staffFields]}::text[])
      and t.request_id not in (select requests_of_person(${personId}))
    order by t.commitment limit ${most}::int`;

/** All texts of a request of somebody else that are not erased; what nobody here wrote, or a legal hold covers, stays. */
export async function textsOfOthersRequest(tx: Tx, id: string): Promise<FileText[]> {
  const [file] = await tx.$queryRaw<{ number: string; keyId: string; isHeld: boolean }[]>`
    select r.number, r.key_id as "keyId", exists (select from holds_on_request(s.number, s.person_id)) as "isHeld"
    from privacy_request r join privacy_request_standing s on s.request_id = r.id where r.id = ${id}::uuid`;
  if (!file) return [];
  const { isHeld, ...about } = file;
  const rows = await textsOfRequest(tx, { id, ...about });
  return rows.map((row) => ({ ...row, stays: isHeld || !staffFields.includes(row.field) }));
}

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
