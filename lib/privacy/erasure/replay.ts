/**
 * Before anything is served: people whose keys were destroyed, and whom a database that was put back knows again, are
 * erased again. What a restored row says of them opens with no key; its search hashes, ties to texts and id go here.
 */
import { randomUUID } from 'node:crypto';
import { keyedHash } from '#lib/persons/search-hashes.ts';
import { redactMentions } from '#lib/persons/texts/redact.ts';
import { noteRefusals } from '#lib/platform/data-keys/note-refusal.ts';
import { dataKeys } from '#lib/platform/data-keys/our-keys.ts';
import type { Context } from '#lib/platform/context.ts';
import type { Database } from '#lib/platform/db/client.ts';
import { inTransaction, sqlStateOf } from '#lib/platform/db/transaction.ts';
import { log } from '#lib/platform/log.ts';
import { lockErasure, moveErasure, readErasure } from './erasure-row.ts';
import { removeValues } from './remove-values.ts';
import { checkRow } from './restore-check.ts';
import { leaveErasure } from './still-decided.ts';

type Needs = Pick<Context, 'db' | 'clock'>;

/** What the service answers in one go. */
const pageSize = 10_000;
/** More than an installation erases between two backups. So many at once are rather a wrong key service. */
export const replayMax = 1_000;
/** So many people who were made up are named in the incident about them; the log says how many there are. */
const namedMax = 20;

export type ReplayFault = 'other-keys' | 'older-keys' | 'too-many';
export class ReplayError extends Error {
  readonly fault: ReplayFault;

  constructor(fault: ReplayFault, message: string) {
    super(message);
    this.name = 'ReplayError';
    this.fault = fault;
  }
}

export type Replayed = {
  /** False where neither database nor keys are others than at the last look. */
  looked: boolean;
  people: number;
  erased: number;
  /** People with keys that the service never made: somebody wrote rows past the console. They are left as they are. */
  madeUp: number;
  /** Ids of people who were not erased again, since a legal hold covers them; nothing of them opens. */
  held: string[];
};

/**
 * @param most how many people may be erased again; whoever runs the installation may say that more is meant.
 * @throws DataKeysError where the key service does not answer, and ReplayError where it is not the one that this database
 *   was used with: nothing is erased then, and nothing should be served.
 */
export async function replayErasures(needs: Needs, most = replayMax): Promise<Replayed> {
  const { db, clock } = needs;
  const canary = await keyedHash('restore-check', 'the same service as before');
  const generation = await dataKeys().generation();
  const system = await systemOf(db);
  const last = await db.privacyRestoreCheck.findUnique({ where: { id: checkRow } });
  if (last && !Buffer.from(last.canary).equals(canary))
    throw new ReplayError(
      'other-keys',
      'The data-key service is not the one that this database was last used with. Start the right one; nothing was changed.',
    );
  if (last && generation < last.generation)
    throw new ReplayError(
      'older-keys',
      `The data-key service holds keys of generation ${generation}, and this database knows of ${last.generation}. Start it with the newest copy of the keys; nothing was changed.`,
    );
  if (last && last.system === system && last.generation === generation)
    return { looked: false, people: last.people, erased: 0, madeUp: 0, held: [] };
  const { people, missing, madeUp, named } = await findMissing(db, { most, isSame: last !== null });
  await tellMadeUp(db, madeUp, named);
  const held: string[] = [];
  for (const person of missing) if (!(await eraseAgain(needs, person))) held.push(person);
  const erased = missing.length - held.length;
  // As it was before the look: what is destroyed meanwhile is looked at the next time.
  const found = { system, generation, canary, checkedAt: clock(), people, erased };
  await db.privacyRestoreCheck.upsert({
    where: { id: checkRow },
    create: { id: checkRow, ...found },
    update: found,
    select: { id: true },
  });
  return { looked: true, people, erased, madeUp, held };
}

/** Tells this database from one that another was put back as: of another server, or made anew on the same. */
async function systemOf(db: Database): Promise<string> {
  const [row] = await db.$queryRaw<{ system: string }[]>`
    select s.system_identifier::text || '/' || d.oid::text as system
    from pg_control_system() s, pg_database d where d.datname = current_database()`;
  return row?.system ?? '';
}

type Found = { people: number; missing: string[]; madeUp: number; named: string[] };

/**
 * Everybody who has a key by the database and none by the service, a page of keys at a time.
 *
 * Whoever has the web server's rights may write people with ids of keys that never were, and must not keep the console
 * from starting by it. So what counts against the bound is keys that the service made and has no more, by the proof in
 * their ids, which only the service can write. That proof is one key service's own: it says something only where
 * `isSame`, by the canary of the last look; without it everybody counts, since an empty service would know nobody.
 * A key that the service made and destroyed can't be put to use for this either: it has had an owner ever since, and the
 * database refuses it to any other row.
 */
async function findMissing(
  db: Database,
  { most, isSame }: { most: number; isSame: boolean },
): Promise<Found> {
  const found: Found = { people: 0, missing: [], madeUp: 0, named: [] };
  for (let after = ''; ;) {
    const rows = await db.$queryRaw<{ id: string; key: string; unproved: boolean }[]>`
      select p.id, p.key_id as key, coalesce(o.unproved, false) as unproved
      from person p left join data_key_owner o on o.key_id = p.key_id
      where p.key_id > ${after} order by p.key_id limit ${pageSize}`;
    found.people += rows.length;
    const gone = new Set(await dataKeys().missing(rows.map(({ key }) => key)));
    const unproved = new Set(isSame ? await dataKeys().neverMade([...gone]) : []);
    for (const { id, key, unproved: isOld } of rows) {
      if (!gone.has(key)) continue;
      if (isOld || !unproved.has(key)) found.missing.push(id);
      else {
        found.madeUp += 1;
        if (found.named.length < namedMax) found.named.push(id);
      }
    }
    if (found.missing.length > most)
      throw new ReplayError(
        'too-many',
        `More than ${most} people have keys that the data-key service has no more. If that many were erased since the backup, say so; if not, it is the wrong service. Nothing was changed.`,
      );
    if (rows.length < pageSize) return found;
    after = rows.at(-1)?.key ?? '';
  }
}

/** Nothing of them ever opened, so nothing is to be erased; who wrote them is for people to find out. */
async function tellMadeUp(db: Database, madeUp: number, named: readonly string[]): Promise<void> {
  if (madeUp === 0) return;
  log.warn({ people: madeUp }, 'people have keys that the data-key service never made');
  await noteRefusals(
    db,
    named.map((owner) => ({ kind: 'person', owner, fault: 'key-unknown' })),
  );
}

/** @returns false where a hold covers what would go. */
async function eraseAgain(needs: Needs, person: string): Promise<boolean> {
  const { db, clock } = needs;
  const id = await beginAgain(needs, person);
  // What was blacked out in texts before the backup was put back opens no more, either.
  await redactMentions(db, { personId: person, values: [], at: clock() });
  await inTransaction(db, async (tx) => {
    const erasure = await lockErasure(tx, id, 'due');
    if (erasure) await moveErasure(tx, erasure, 'swept', { sweptAt: clock() });
  });
  try {
    await removeValues(needs, id);
    return true;
  } catch (error) {
    if (sqlStateOf(error) !== 'CS002') throw error;
    return false;
  }
}

/** The erasure that is to be gone on with; one that a restored database had begun is left for it. */
async function beginAgain({ db, clock }: Needs, person: string): Promise<string> {
  return inTransaction(db, async (tx) => {
    const now = clock();
    const open = await tx.personErasure.findFirst({
      where: { personId: person, state: { in: ['due', 'swept'] } },
      select: { id: true },
    });
    if (open) {
      const erasure = await readErasure(tx, open.id);
      if (erasure.cause === 'restore') return erasure.id;
      await leaveErasure(tx, erasure, 'key-unknown', now);
    }
    const id = randomUUID();
    await tx.personErasure.create({
      data: {
        id,
        personId: person,
        cause: 'restore',
        scope: 'whole',
        fields: [],
        plan: '0'.repeat(64),
        state: 'due',
        queuedAt: now,
      },
      select: { id: true },
    });
    return id;
  });
}
