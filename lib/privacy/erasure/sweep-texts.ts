/** The first steps of an erasure: what others wrote of the person is found, and what goes is blacked out. */
import { mentionsOf, type Mention } from '#lib/persons/texts/mentions.ts';
import { findUnmentioned, type TextsSeen } from '#lib/persons/texts/find-unmentioned.ts';
import { isTextTable } from '#lib/persons/texts/text-rows.ts';
import { sharedValues } from '#lib/persons/texts/of-others.ts';
import type { OwnValue } from '#lib/persons/texts/black-out.ts';
import { noteBroken, type BrokenRow } from '#lib/persons/texts/open-found.ts';
import { redactMentions } from '#lib/persons/texts/redact.ts';
import { asJson } from '#lib/platform/db/as-json.ts';
import type { Database } from '#lib/platform/db/client.ts';
import { dayMs } from '#lib/platform/days.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import {
  lockErasure,
  moveErasure,
  readErasure,
  type Erasure,
  type ErasureNeeds,
} from './erasure-row.ts';
import { openOwn } from './own-values.ts';
import { goingOf } from './going.ts';
import { findInFiles, redactInFiles } from './file-texts.ts';
import { boundOfNight } from './night-bound.ts';
import type { Gone } from './phases.ts';
import { leaveErasure, whyNot } from './still-decided.ts';
import { UnclearedError } from './uncleared.ts';
import { addPlaces, countByTable, mostOfPlaces } from './unopened.ts';

/** Texts that are opened before how far it came is written down. */
const atOnce = 500;
const valuesMax = 2_000;
/** So long a file that can't be cleared is waited for; then the rest goes without it, and the proof names what it holds. */
const patienceMs = dayMs;

type Known = {
  /** What goes. */
  going: OwnValue[];
  /**
   * By which a text is known to mean the person. A name that stays says whose date of birth goes, and what is others' as
   * well says nothing.
   */
  telling: OwnValue[];
  /** Values of theirs that do not open, which nobody can look for. */
  broken: BrokenRow[];
};

async function knownValues(db: Database, erasure: Erasure): Promise<Known> {
  const { personId } = erasure;
  const rows = await db.personValue.findMany({
    where: { personId },
    select: { field: true, version: true, sealed: true },
    orderBy: [{ field: 'asc' }, { version: 'asc' }],
    take: valuesMax,
  });
  const { own: all, broken } = await openOwn(personId, rows);
  await noteBroken(db, broken);
  const shared = await sharedValues(db, personId, all);
  const isGoing = goingOf(erasure, rows);
  const { own: going } = await openOwn(personId, rows.filter(isGoing));
  // A value that came back was corrected once, and is right again.
  const staying =
    erasure.scope === 'earlier'
      ? (
          await openOwn(
            personId,
            rows.filter((row) => !isGoing(row)),
          )
        ).own
      : [];
  return {
    going: going.filter(({ value }) => staying.every((one) => one.value !== value)),
    telling: all.filter((value) => !shared.has(value)),
    broken,
  };
}

/** @returns whether it was left, because what was decided does not hold any more. */
async function leaveIfMoved(
  { db, clock }: ErasureNeeds,
  id: string,
  state: 'due' | 'swept',
): Promise<boolean> {
  return inTransaction(db, async (tx) => {
    const erasure = await lockErasure(tx, id, state);
    if (!erasure) return true;
    const reason = await whyNot(tx, erasure, clock());
    if (reason !== null) await leaveErasure(tx, erasure, reason, clock());
    return reason !== null;
  });
}

/** Looks through the next texts of other rooms; past the last one, they are swept. What does not open is counted. */
export async function sweepSome(needs: ErasureNeeds, id: string): Promise<void> {
  const { db, clock } = needs;
  if (await leaveIfMoved(needs, id, 'due')) return;
  const erasure = await readErasure(db, id);
  const { going, telling, broken: own } = await knownValues(db, erasure);
  const about = { personId: erasure.personId, values: telling };
  const { next, broken } =
    going.length === 0
      ? { next: null, broken: [] }
      : await findUnmentioned(db, about, { from: seenIn(erasure), most: atOnce });
  // What belongs to no stretch is counted with the last one.
  if (next === null) {
    broken.push(...own);
    if (going.length > 0) broken.push(...(await findInFiles(db, { ...about, telling })));
  }
  const gone = erasure.gone as Partial<Gone>;
  const unopened = addPlaces(gone.unopened ?? [], countByTable(broken));
  const change = unopened.length === 0 ? {} : { gone: asJson({ ...gone, unopened }) };
  await inTransaction(db, async (tx) => {
    if (!(await lockErasure(tx, id, 'due'))) return;
    await (next === null
      ? moveErasure(tx, erasure, 'swept', { ...change, sweptAt: clock() })
      : moveErasure(tx, erasure, 'due', {
          ...change,
          sweepTable: next.table,
          sweepAfter: next.after,
        }));
  });
}

function seenIn({ sweepTable, sweepAfter }: Erasure): TextsSeen | null {
  return sweepTable !== null && sweepAfter !== null && isTextTable(sweepTable)
    ? { table: sweepTable, after: sweepAfter }
    : null;
}

/**
 * Blacks out what goes in every text that names the person.
 * @returns the texts that were seen to, so that the values may go if there are no others; null where there is more to do.
 * @throws UnclearedError where a file can't be cleared, for a day; all others are.
 */
export async function blackOutTexts(needs: ErasureNeeds, id: string): Promise<Mention[] | null> {
  const { db, clock } = needs;
  if (await leaveIfMoved(needs, id, 'swept')) return null;
  const erasure = await readErasure(db, id);
  const { personId, scope } = erasure;
  const { going, telling } = await knownValues(db, erasure);
  // Where nothing opens any more, nothing can be looked for; a restored text opens as little.
  if (going.length === 0) return mentionsOf(db, personId);
  const about = { personId, values: going, telling, at: clock(), isPart: scope !== 'whole' };
  const bound = await boundOfNight(db, erasure, about);
  if (bound !== null) {
    await inTransaction(db, async (tx) => {
      if (await lockErasure(tx, id, 'swept')) await leaveErasure(tx, erasure, bound, clock());
    });
    return null;
  }
  const { redacted, kept, looked, isWhole } = await redactMentions(db, about);
  const inFiles = await redactInFiles(db, about);
  const gone = erasure.gone as Partial<Gone>;
  const lost = mostOfPlaces(gone.unopened ?? [], countByTable(inFiles.unopened));
  await inTransaction(db, async (tx) => {
    if (!(await lockErasure(tx, id, 'swept'))) return;
    await moveErasure(tx, erasure, 'swept', {
      gone: asJson({
        ...gone,
        texts: (gone.texts ?? 0) + redacted + inFiles.redacted,
        keptTexts: kept.length + inFiles.kept,
        ...(lost.length > 0 && { unopened: lost }),
        uncleared: countByTable(inFiles.uncleared),
      }),
    });
  });
  const { failure } = inFiles;
  const waitedMs = about.at.getTime() - (erasure.sweptAt ?? about.at).getTime();
  if (failure !== null && waitedMs < patienceMs) throw new UnclearedError(failure);
  return isWhole ? looked : null;
}
