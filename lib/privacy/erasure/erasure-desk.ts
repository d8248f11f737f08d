/**
 * The worker's desk of erasures: takes what was decided and carries each erasure from step to step. A step may take
 * minutes, so the desk works beside the worker's other duties. What stops it, it goes on with from where the database says.
 */
import { randomUUID } from 'node:crypto';
import { DataKeysError, isHeldBack } from '#lib/platform/data-keys/data-keys.ts';
import { Beside } from '#lib/platform/beside.ts';
import type { Database } from '#lib/platform/db/client.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { Failures } from '#lib/platform/failures.ts';
import { log } from '#lib/platform/log.ts';
import { standingHolds } from '../retention/standing-holds.ts';
import { answerErasedAgain } from './erased-again.ts';
import { comeBack } from './come-back.ts';
import { readErasure, type ErasureNeeds } from './erasure-row.ts';
import { destroyKey, lookForRest, proveErasure } from './finish-erasure.ts';
import { openErasures, type ErasureState } from './phases.ts';
import { removeValues } from './remove-values.ts';
import { endReplies } from './request-texts.ts';
import { blackOutTexts, sweepSome } from './sweep-texts.ts';
import { takeDecided } from './take-decided.ts';
import { UnclearedError } from './uncleared.ts';

const everyMs = 5_000;
const atOnce = 20;
/** What a hold covers is looked at again this often, and at once when the hold was lifted. */
const heldAgainMs = 3_600_000;
/** Where no more keys are made or destroyed within the hour, it is tried again so soon. */
const heldBackMs = 300_000;
/** A file that can't be cleared is tried again this often: each time costs a key. */
const unclearedAgainMs = 3_600_000;
/** Longer than any step; a worker that ended in one is followed by another after it. */
const claimMinutes = 30;

type Step = (needs: ErasureNeeds, id: string) => Promise<unknown>;
const steps: Partial<Record<ErasureState, Step>> = {
  due: sweepSome,
  swept: async (needs, id) => {
    const seen = await blackOutTexts(needs, id);
    if (seen !== null) await removeValues(needs, id, seen);
  },
  removed: lookForRest,
  looked: destroyKey,
  shredded: proveErasure,
};

/**
 * The next step of an erasure, by the state that the database says it is in. Asked again after a step was cut off
 * anywhere, it takes that step once more.
 * @returns the state before it.
 */
export async function stepErasure(needs: ErasureNeeds, id: string): Promise<ErasureState> {
  const state = (await readErasure(needs.db, id)).state as ErasureState;
  await steps[state]?.(needs, id);
  return state;
}

/** Rounds in which texts are blacked out and values taken out; each goes through thousands of texts. */
const sweptRoundsMax = 50;

/**
 * Carries an erasure as far as it goes.
 * @returns the state in which it ended.
 * @throws where texts that name the person keep coming in faster than they are gone through: others go on, and this one
 *   is tried again later.
 */
export async function carryErasure(needs: ErasureNeeds, id: string): Promise<ErasureState> {
  for (let swept = 0; ;) {
    needs.signal.throwIfAborted();
    if (await isHeld(needs.db, id)) return 'swept';
    const state = await stepErasure(needs, id);
    if (!openErasures.includes(state)) return state;
    swept += state === 'swept' ? 1 : 0;
    if (swept > sweptRoundsMax)
      throw new Error(
        'Texts that name the person keep coming in, so their erasure is tried again later.',
      );
  }
}

/** After a restore, what a hold covers again waits until the hold is lifted; nothing of it opens meanwhile. */
async function isHeld(db: Database, id: string): Promise<boolean> {
  const { state, cause, personId } = await readErasure(db, id);
  if (state !== 'swept' || cause !== 'restore') return false;
  return inTransaction(db, async (tx) => (await standingHolds(tx, personId)).length > 0);
}

export class ErasureDesk {
  readonly #needs: Omit<ErasureNeeds, 'signal'>;
  readonly #me = randomUUID();
  readonly #beside = new Beside({ everyMs });

  constructor(needs: Omit<ErasureNeeds, 'signal'>) {
    this.#needs = needs;
  }

  /** Called often. @throws what the last round failed of. */
  look(): void {
    this.#beside.look((signal) => this.round(signal));
  }

  async stop(): Promise<void> {
    await this.#beside.stop();
  }

  /** Everything that waits, once. @throws what the first of it failed of, which keeps none of the rest waiting. */
  async round(signal: AbortSignal): Promise<void> {
    const needs = { ...this.#needs, signal };
    const failures = new Failures();
    for (const step of [comeBack, takeDecided, answerErasedAgain, endReplies])
      await failures.keep(() => unlessHeldBack(() => step(needs)));
    const now = needs.clock();
    const waiting = await needs.db.personErasure.findMany({
      where: {
        state: { in: [...openErasures] },
        OR: [{ waitsUntil: null }, { waitsUntil: { lte: now } }],
      },
      // What could not go on keeps nobody waiting. What people asked for goes before what nights found; the names are in
      // that order.
      orderBy: [
        { waitsUntil: { sort: 'asc', nulls: 'first' } },
        { cause: 'asc' },
        { queuedAt: 'asc' },
        { id: 'asc' },
      ],
      select: { id: true },
      take: atOnce,
    });
    for (const { id } of waiting) {
      signal.throwIfAborted();
      let isAway = false;
      await failures.keep(async () => {
        if (!(await claim(needs.db, id, this.#me))) return;
        try {
          const state = await carryErasure(needs, id);
          if (openErasures.includes(state))
            await setBack(needs.db, id, new Date(now.getTime() + heldAgainMs));
        } catch (error) {
          signal.throwIfAborted();
          isAway = error instanceof DataKeysError && error.fault === 'unavailable';
          log.warn({ erasure: id, err: error }, 'an erasure waits');
          await setBack(needs.db, id, new Date(needs.clock().getTime() + patienceWith(error)));
          if (!isHeldBack(error)) throw error;
        } finally {
          await release(needs.db, id, this.#me);
        }
      });
      // Without keys none of the others goes on either.
      if (isAway) break;
    }
    signal.throwIfAborted();
    failures.raise();
  }
}

/** What goes on by itself within the hour is no failure. */
async function unlessHeldBack(step: () => Promise<unknown>): Promise<void> {
  try {
    await step();
  } catch (error) {
    if (!isHeldBack(error)) throw error;
    log.warn({ err: error }, 'erasures wait for the keys');
  }
}

function patienceWith(error: unknown): number {
  if (isHeldBack(error)) return heldBackMs;
  return error instanceof UnclearedError ? unclearedAgainMs : 0;
}

/** Those that never stopped go before it, and it is not tried before then. */
const setBack = (db: Database, id: string, until: Date): Promise<unknown> =>
  db.personErasure.updateMany({
    where: { id, state: { in: [...openErasures] } },
    data: { waitsUntil: until },
  });

async function claim(db: Database, id: string, me: string): Promise<boolean> {
  const count = await db.$executeRaw`
    update person_erasure set claimed_by = ${me},
        claimed_until = clock_timestamp() + make_interval(mins => ${claimMinutes})
    where id = ${id}::uuid and state not in ('proved', 'left')
      and (claimed_until is null or claimed_until < clock_timestamp() or claimed_by = ${me})`;
  return count === 1;
}

async function release(db: Database, id: string, me: string): Promise<void> {
  await db.$executeRaw`
    update person_erasure set claimed_by = null, claimed_until = null
    where id = ${id}::uuid and claimed_by = ${me} and state not in ('proved', 'left')`;
}
