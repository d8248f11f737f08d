/**
 * The worker's look at liftings of holds and restrictions: what was lifted protects no more once the keys of the lifting are
 * found on record. Whoever has the web server can write a lifting in people's names; what it covers stays.
 */
import type { Context } from '#lib/platform/context.ts';
import { publish } from '#lib/platform/db/notify.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { Failures } from '#lib/platform/failures.ts';
import { peopleTopic } from '../people/record-person.ts';
import { retentionTopic } from './holds/append-hold-event.ts';

const kinds = ['hold', 'restriction'] as const;
export type LiftedKind = (typeof kinds)[number];
/** Whether two people lifted this with their keys: the rules of `npm run verify:signed`. */
export type LiftingProof = (what: LiftedKind, id: string) => Promise<boolean>;

type Needs = Pick<Context, 'db' | 'clock'> & { isLiftProved: LiftingProof };

const lookEveryMs = 5_000;
/** Key presses that are verified at one look, so that custody never waits for it longer than a moment. */
const atOnce = 20;
/** One that is not proved is looked at again: the roster that gives its key may come late. */
const againMs = 3_600_000;
/** So many that are not proved are remembered; past it they are looked at anew. */
const rememberedMax = 10_000;

export class ProvenLiftings {
  readonly #needs: Needs;
  /** When those that are not proved were last looked at. */
  readonly #unproved = new Map<string, number>();
  readonly #after: Record<LiftedKind, string | null> = { hold: null, restriction: null };
  #lookedAt = -Infinity;

  constructor(needs: Needs) {
    this.#needs = needs;
  }

  /**
   * Called often. Those that are not proved, or can't be looked at, keep no other one waiting: each look goes on behind the
   * last.
   * @throws what the first that can't be looked at failed of.
   */
  async look(): Promise<void> {
    const now = this.#needs.clock().getTime();
    if (now - this.#lookedAt < lookEveryMs) return;
    let isMore = false;
    const failures = new Failures();
    for (const what of kinds)
      await failures.keep(async () => {
        isMore = (await this.#some(what, now, failures)) || isMore;
      });
    if (!isMore) this.#lookedAt = now;
    failures.raise();
  }

  /** @returns whether there are more behind those that were looked at. */
  async #some(what: LiftedKind, now: number, failures: Failures): Promise<boolean> {
    const ids = await this.#next(what);
    let tried = 0;
    for (const id of ids) {
      const last = this.#unproved.get(id);
      if (last !== undefined && now - last < againMs) continue;
      tried += 1;
      const isDone = await failures.keep(() => this.#prove(what, id, now));
      if (!isDone) this.#putAside(id, now);
    }
    this.#after[what] = ids.length === atOnce ? (ids.at(-1) ?? null) : null;
    return ids.length === atOnce && tried > 0;
  }

  async #next(what: LiftedKind): Promise<string[]> {
    const { db } = this.#needs;
    const after = this.#after[what] ?? '00000000-0000-0000-0000-000000000000';
    const rows =
      what === 'hold'
        ? await db.$queryRaw<{ id: string }[]>`
            select s.hold_id::text as id from privacy_hold_standing s
            where s.state = 'lifted' and s.hold_id > ${after}::uuid and still_keeps('hold', s.hold_id, s.state)
            order by s.hold_id limit ${atOnce}`
        : await db.$queryRaw<{ id: string }[]>`
            select r.id::text as id from person_restriction r
            where r.state = 'lifted' and r.id > ${after}::uuid and still_keeps('restriction', r.id, r.state)
            order by r.id limit ${atOnce}`;
    return rows.map(({ id }) => id);
  }

  #putAside(id: string, now: number): void {
    if (this.#unproved.size >= rememberedMax) this.#unproved.clear();
    this.#unproved.set(id, now);
  }

  async #prove(what: LiftedKind, id: string, now: number): Promise<void> {
    const { db, clock, isLiftProved } = this.#needs;
    if (!(await isLiftProved(what, id))) {
      this.#putAside(id, now);
      return;
    }
    this.#unproved.delete(id);
    await inTransaction(db, async (tx) => {
      await tx.privacyLiftingProof.createMany({
        data: [{ what, subject: id, provedAt: clock() }],
        skipDuplicates: true,
      });
      // What a restored hold kept from going on goes on now.
      if (what === 'hold')
        await tx.personErasure.updateMany({
          where: { cause: 'restore', state: 'swept', waitsUntil: { not: null } },
          data: { waitsUntil: null },
        });
      await publish(tx, { topic: what === 'hold' ? retentionTopic : peopleTopic, id });
    });
  }
}
