/**
 * The person's own requests in an erasure: what they say of the person is blacked out, files that were sent go, and nobody is
 * found by them any more. Events, decisions and commitments stay as proof (Article 17(3)(e) GDPR). The address to which the
 * last answer goes stays until that is on record.
 */
import { appendAudit } from '#lib/audit/append-entry.ts';
import { searchHash } from '#lib/persons/search-hashes.ts';
import { BLACK, blackOut, type OwnValue } from '#lib/persons/texts/black-out.ts';
import { destroyDueKeys } from '#lib/persons/texts/destroy-due-keys.ts';
import { namesOfOthers } from '#lib/persons/texts/of-others.ts';
import { dataKeys } from '#lib/platform/data-keys/our-keys.ts';
import type { Context } from '#lib/platform/context.ts';
import type { Database } from '#lib/platform/db/client.ts';
import { inTransaction, type Tx } from '#lib/platform/db/transaction.ts';
import { Failures } from '#lib/platform/failures.ts';
import { tellsRecipients, type Standing } from '../requests/fold.ts';
import { isUnanswered, requestEnds, type RequestState } from '../requests/life.ts';
import { lockRequest, type RequestFile } from '../requests/load-request.ts';
import type { TextField } from '../requests/texts.ts';
import type { Erasure } from './erasure-row.ts';
import { lost, openAll, type FileText, type Opened } from './open-file-texts.ts';
import { textsOfRequest } from './request-rows.ts';
import { sealAnew } from './seal-file-anew.ts';

type Clearing = {
  erasure: Pick<Erasure, 'id' | 'personId' | 'scope' | 'fields'>;
  /** What goes of the person. */
  values: readonly OwnValue[];
  at: Date;
};
type AddressField = 'name' | 'email';
const nothing: Awaited<ReturnType<typeof openAll<FileText>>> = { opened: [], broken: [] };

/** What says something of a file, and goes with it. */
const fileFields: ReadonlySet<string> = new Set<TextField>(['file-name', 'file-digest']);
const addressFields = { name: 'full-name', email: 'email' } as const;
const isAddress = (field: string): field is AddressField => field in addressFields;
/** More requests of one person than there are in practice; what is beyond is found by the look, and named. */
const requestsMax = 500;
const repliesAtOnce = 50;
const answered: readonly RequestState[] = ['refused', 'notified', ...requestEnds];

/** Which of the address goes with what is erased. */
const goingOf = ({
  scope,
  fields,
}: Clearing['erasure']): Readonly<Record<AddressField, boolean>> => {
  const goes = (field: AddressField): boolean =>
    scope === 'whole' || fields.includes(addressFields[field]);
  return { name: goes('name'), email: goes('email') };
};

/**
 * Requests of the person: those that were identified, those that are the same, and those that ended before anybody was
 * identified and came from an address that is nobody else's.
 * @param values such as nobody else has.
 */
export async function ownRequests(
  db: Database,
  personId: string,
  values: readonly OwnValue[],
): Promise<string[]> {
  const emails = values.flatMap(({ field, value }) => (field === 'email' ? [value] : []));
  const hashes = await Promise.all(emails.map((email) => searchHash('email', email)));
  const rows = await db.$queryRaw<{ id: string }[]>`
    select id::text as id from requests_of_person(${personId}) id
    union
    select s.request_id::text from privacy_request_search m
        join privacy_request_standing s on s.request_id = m.request_id
        join privacy_request_event e on e.request_id = s.request_id and e.seq = 1
      where m.kind = 'email' and m.hash = any (${hashes.flatMap((hash) => hash ?? [])}::bytea[])
        and s.person_id is null and s.state = any (${[...answered, 'fulfilled']})
        and e.facts ->> 'forAnother' = 'false'
    order by 1 limit ${requestsMax}`;
  return rows.map(({ id }) => id);
}

/**
 * Clears each of them. One request per transaction; whatever stops it, calling again goes on.
 * @throws DataKeysError where the key service can't be reached or lets no more be destroyed within the hour.
 */
export async function clearRequests(
  db: Database,
  requests: readonly string[],
  clearing: Clearing,
): Promise<void> {
  for (const id of requests)
    await inTransaction(db, (tx) => clearRequest(tx, id, clearing), { timeoutMs: 60_000 });
  await destroyDueKeys(db);
}

/** What became of them, counted where it stands, so that a step that was taken twice counts the same. */
export async function countCleared(
  db: Database,
  requests: readonly string[],
): Promise<{ cleared: number; texts: number; files: number }> {
  const requestId = { in: [...requests] };
  const texts = await db.privacyRequestText.count({
    where: { requestId, redacted: { not: null } },
  });
  const files = await db.privacyRequestFile.count({
    where: { requestId, part: 1, erasedAt: { not: null } },
  });
  return { cleared: requests.length, texts, files };
}

/**
 * Takes out addresses that stayed for an answer which is on record now, or under a legal hold that was lifted.
 * @throws DataKeysError as above; what was begun goes on at the next call.
 */
export async function endReplies({ db, clock }: Pick<Context, 'db' | 'clock'>): Promise<number> {
  const due = await db.$queryRaw<{ erasureId: string; requestId: string }[]>`
    select r.erasure_id::text as "erasureId", r.request_id::text as "requestId" from erasure_reply r
      join privacy_request_standing s on s.request_id = r.request_id
    where r.ended_at is null and s.state = any (${[...answered]})
      and not exists (select from holds_on_request(s.number, s.person_id))
    order by random() limit ${repliesAtOnce}`;
  const failures = new Failures();
  for (const one of due) await failures.keep(() => endReply({ db, clock }, one));
  if (due.length > 0) await failures.keep(() => destroyDueKeys(db));
  failures.raise();
  return due.length;
}

async function endReply(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  { erasureId, requestId }: { erasureId: string; requestId: string },
): Promise<void> {
  await inTransaction(
    db,
    async (tx) => {
      const erasure = await tx.personErasure.findUniqueOrThrow({ where: { id: erasureId } });
      const clearing = { erasure, values: [], at: clock() };
      if (!(await clearRequest(tx, requestId, clearing))) return;
      await tx.erasureReply.updateMany({
        where: { erasureId, requestId, endedAt: null },
        data: { endedAt: clock() },
      });
    },
    { timeoutMs: 60_000 },
  );
}

/** @returns whether nothing of it waits any more. */
async function clearRequest(tx: Tx, id: string, clearing: Clearing): Promise<boolean> {
  const { erasure, values, at } = clearing;
  await tx.$executeRaw`select pg_advisory_xact_lock_shared(hashtextextended('legal holds', 0))`;
  const file = await lockRequest(tx, id);
  if (!file) return true;
  const goes = goingOf(erasure);
  const rows = await textsOfRequest(tx, file);
  const isHeld = await isUnderHold(tx, file);
  const { opened, broken } = isHeld ? nothing : await openAll(tx, rows);
  const stays = isHeld || needsAddress(file.standing);
  // An address that does not open is no use to an answer, and goes with what else of the request does not.
  const waiting = rows.flatMap((row) =>
    isAddress(row.field) &&
    goes[row.field] &&
    stays &&
    !broken.includes(row) &&
    !isBlack(opened, row.field)
      ? [row.field]
      : [],
  );
  if (isHeld) await dropHashes(tx, file, clearing);
  else {
    const own = [...values, ...addressOf(opened, goes)];
    const changed = await withoutPerson(tx, opened, {
      personId: erasure.personId,
      own,
      goes,
      stays,
    });
    await write(tx, file, { rows, opened, broken, changed, clearing });
  }
  if (waiting.length === 0) return true;
  await tx.erasureReply.createMany({
    data: [
      {
        erasureId: erasure.id,
        requestId: id,
        fields: [...new Set(waiting)],
        reason: isHeld ? 'hold' : 'reply',
        since: at,
      },
    ],
    skipDuplicates: true,
  });
  return false;
}

/** Whether the person, or recipients of their data who ask about whom it is, are still to be written to. */
function needsAddress(standing: Standing): boolean {
  if (isUnanswered(standing.state)) return true;
  return !answered.includes(standing.state) && tellsRecipients(standing);
}

async function isUnderHold(tx: Tx, { number, standing }: RequestFile): Promise<boolean> {
  const [row] = await tx.$queryRaw<{ yes: boolean }[]>`
    select exists (select from holds_on_request(${number}, ${standing.person?.id ?? null})) as yes`;
  return row?.yes === true;
}

const isBlack = (opened: readonly Opened[], field: AddressField): boolean =>
  opened.some((one) => one.field === field && one.text === BLACK);

/** What was given as name and address, which may be written otherwise than in the vault. */
const addressOf = (
  opened: readonly Opened[],
  goes: Readonly<Record<AddressField, boolean>>,
): OwnValue[] =>
  opened.flatMap(({ field, text }) =>
    isAddress(field) && goes[field] && text !== BLACK
      ? [{ field: addressFields[field], value: text }]
      : [],
  );

type Own = {
  personId: string;
  own: readonly OwnValue[];
  goes: Readonly<Record<AddressField, boolean>>;
  /** The address stays for now. */
  stays: boolean;
};

/** Texts that are to be others, by their commitments. */
async function withoutPerson(
  tx: Tx,
  opened: readonly Opened[],
  { personId, own, goes, stays }: Own,
): Promise<Map<string, string>> {
  const changed = new Map<string, string>();
  for (const { commitment, field, text } of opened) {
    if (isAddress(field)) {
      if (goes[field] && !stays && text !== BLACK) changed.set(commitment, BLACK);
      continue;
    }
    const others = await namesOfOthers(tx, personId, own, text);
    const rest = blackOut(text, own, true, others);
    if (rest !== text) changed.set(commitment, rest);
  }
  return changed;
}

async function write(
  tx: Tx,
  file: RequestFile,
  {
    rows,
    opened,
    broken,
    changed,
    clearing,
  }: {
    rows: readonly FileText[];
    opened: readonly Opened[];
    broken: readonly FileText[];
    changed: Map<string, string>;
    clearing: Clearing;
  },
): Promise<void> {
  const { erasure, at } = clearing;
  // A restored database holds what was sealed under a key that is no more; the request gets one under which it goes on.
  const isLost = (await dataKeys().missing([file.keyId])).length > 0;
  if (!isLost && opened.length + broken.length < rows.length)
    throw new Error(`Some texts of ${file.number} do not open, so they can not be sealed anew.`);
  // Nobody knows what of the person stands in what does not open; it is the person's own request, so all of it goes.
  for (const { commitment } of broken) changed.set(commitment, BLACK);
  const where = { requestId: file.id, erasedAt: null };
  const files = await tx.privacyRequestFile.count({ where });
  const filesGo = files > 0 && (erasure.scope === 'whole' || changed.size > 0);
  if (filesGo)
    for (const { commitment, field, text } of opened)
      if (fileFields.has(field) && text !== BLACK) changed.set(commitment, BLACK);
  if (isLost || changed.size > 0 || filesGo) {
    const about = { home: 'privacy-request', file: file.id, number: file.number } as const;
    const all = [...opened, ...broken.map(lost)];
    await sealAnew(tx, { ...about, keyId: file.keyId }, { opened: all, changed, at });
    const erased = { sealed: null, erasedAt: at };
    if (isLost) await tx.privacyRequestText.updateMany({ where, data: erased });
    if (isLost || filesGo) await tx.privacyRequestFile.updateMany({ where, data: erased });
  }
  await dropHashes(tx, file, clearing);
}

async function dropHashes(
  tx: Tx,
  { id, number }: RequestFile,
  { erasure, at }: Clearing,
): Promise<void> {
  const goes = goingOf(erasure);
  const kinds = [
    ...(goes.name ? ['name'] : []),
    ...(goes.email ? ['email'] : []),
    ...(erasure.scope === 'whole' ? ['message', 'form'] : []),
  ];
  const where = { requestId: id, kind: { in: kinds } };
  const count = await tx.privacyRequestSearch.count({ where });
  if (count === 0) return;
  await appendAudit(tx, {
    kind: 'text-redacted',
    subject: number,
    actor: 'worker',
    at,
    facts: { hashes: count },
  });
  await tx.privacyRequestSearch.deleteMany({ where });
}
