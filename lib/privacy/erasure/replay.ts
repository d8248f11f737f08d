/**
 * Before anything is served: people whose keys were destroyed, and whom a database that was put back knows again, are
 * erased again. What a restored row says of them opens with no key; its search hashes, ties to texts and id go here.
 */
import { randomUUID } from 'node:crypto';
import { keyedHash } from '#lib/persons/search-hashes.ts';
import { redactMentions } from '#lib/persons/texts/redact.ts';
import { dataKeys } from '#lib/platform/data-keys/our-keys.ts';
import type { Context } from '#lib/platform/context.ts';
import type { Database } from '#lib/platform/db/client.ts';
import { inTransaction, sqlStateOf } from '#lib/platform/db/transaction.ts';
import { lockErasure, moveErasure, readErasure } from './erasure-row.ts';
import { removeValues } from './remove-values.ts';
import { checkRow } from './restore-check.ts';
import { leaveErasure } from './still-decided.ts';

type Needs = Pick<Context, 'db' | 'clock'>;

/** What the service answers in one go. */
const pageSize = 10_000;
/** More than an installation erases between two backups. So many at once are rather a wrong key service. */
export const replayMax = 1_000;

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
    return { looked: false, people: last.people, erased: 0, held: [] };
  const { people, missing } = await findMissing(db, most);
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
  return { looked: true, people, erased, held };
}

/** Tells this database from one that another was put back as: of another server, or made anew on the same. */
async function systemOf(db: Database): Promise<string> {
  const [row] = await db.$queryRaw<{ system: string }[]>`
    select s.system_identifier::text || '/' || d.oid::text as system
    from pg_control_system() s, pg_database d where d.datname = current_database()`;
  return row?.system ?? '';
}

/** Everybody who has a key by the database and none by the service, a page of keys at a time. */
async function findMissing(
  db: Database,
  most: number,
): Promise<{ people: number; missing: string[] }> {
  const missing: string[] = [];
  let people = 0;
  for (let after = ''; ;) {
    const rows = await db.$queryRaw<{ id: string; key: string }[]>`
      select id, key_id as key from person where key_id > ${after} order by key_id limit ${pageSize}`;
    people += rows.length;
    if (rows.length > 0) {
      const gone = new Set(await dataKeys().missing(rows.map(({ key }) => key)));
      for (const { id, key } of rows) if (gone.has(key)) missing.push(id);
    }
    if (missing.length > most)
      throw new ReplayError(
        'too-many',
        `More than ${most} people have keys that the data-key service does not know. If that many were erased since the backup, say so; if not, it is the wrong service. Nothing was changed.`,
      );
    if (rows.length < pageSize) return { people, missing };
    after = rows.at(-1)?.key ?? '';
  }
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
