/** The worker's look at drills: one that failed or is overdue becomes a finding, which somebody remedies in time. */
import { createHash } from 'node:crypto';
import { shownText } from '#lib/protocol/free-text.ts';
import type { Context } from '#lib/platform/context.ts';
import type { Database } from '#lib/platform/db/client.ts';
import { log } from '#lib/platform/log.ts';
import { ok } from '#lib/platform/result.ts';
import { dayOf } from '../days.ts';
import { inRecords } from '../records/in-records.ts';
import { lockRecords } from '../records/lock-records.ts';
import { lookupIn } from '../records/find-name-faults.ts';
import { insertVersion } from '../records/insert-versions.ts';
import { prepareVersion } from '../records/prepare-version.ts';
import { loadStandings } from './list-drills.ts';
import { findDrillFaults, type DrillFault } from './overdue.ts';

type Needs = Pick<Context, 'db' | 'clock'>;

/** A drill is due to the day; an hour is soon enough. */
const lookEveryMs = 3_600_000;

export class DrillWatch {
  readonly #needs: Needs;
  #lookedAt = -Infinity;

  constructor(needs: Needs) {
    this.#needs = needs;
  }

  /** Called often; mostly it does nothing. What could not be written is tried at the next call. */
  async look(): Promise<void> {
    const { db, clock } = this.#needs;
    const now = clock();
    if (now.getTime() - this.#lookedAt < lookEveryMs) return;
    const { standings, inUseSince } = await loadStandings(db, now);
    for (const fault of findDrillFaults(standings, { today: dayOf(now), inUseSince }))
      await openFinding(db, fault, now);
    this.#lookedAt = now.getTime();
  }
}

/**
 * The id of the finding of a fault, as a UUID: the same failed drill, or the same day on which one was due, is one
 * finding, however often it is looked at, and stays one when people have closed it.
 */
export function findingOf({ kind, why, drill, dueOn }: DrillFault): string {
  const what = why === 'failed' ? `${kind} failed ${drill ?? ''}` : `${kind} overdue ${dueOn}`;
  const hash = createHash('sha256').update(`countersign drill finding ${what}`).digest('hex');
  // Version 8 of RFC 9562: made of what its maker chose.
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-8${hash.slice(13, 16)}-a${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
}

async function openFinding(db: Database, fault: DrillFault, at: Date): Promise<void> {
  const id = findingOf(fault);
  const isThere = async (tx: Pick<Database, 'resilienceRecord'>) =>
    (await tx.resilienceRecord.findUnique({ where: { id }, select: { id: true } })) !== null;
  if (await isThere(db)) return;
  const written = await inRecords(db, async (tx) => {
    await lockRecords(tx);
    if (await isThere(tx)) return null;
    const asked = {
      kind: 'finding',
      facts: { source: 'drill', severity: fault.severity, state: 'open', foundOn: dayOf(at) },
      texts: {
        title: shownText(fault.title),
        description: shownText(`${fault.sentence} (${fault.article})`),
      },
      by: 'system',
      at,
    } as const;
    const prepared = await prepareVersion(lookupIn(tx), { before: null, textsBefore: {} }, asked);
    if (!prepared.ok) return prepared;
    if (!('next' in prepared.value)) throw new Error('A new record can’t stand already.');
    return ok(await insertVersion(tx, { ...prepared.value.next, id }));
  });
  if (written === null) return;
  if (!written.ok) throw new Error(`No finding of a drill: ${written.refusal.sentence}`);
  log.warn(
    { finding: written.value.number, drill: fault.kind, why: fault.why },
    'a drill is a finding',
  );
}
