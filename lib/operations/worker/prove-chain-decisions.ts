/**
 * The worker's look at what two people signed about a chain that stands still: nothing goes on, and nothing is read anew,
 * before both presses are found on record and the decision still fits what stands there. Whoever has the web server can
 * write words in people's names; those let nothing go on.
 */
import { appendAudit } from '#lib/audit/append-entry.ts';
import type { Context } from '#lib/platform/context.ts';
import { publish } from '#lib/platform/db/notify.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { Failures } from '#lib/platform/failures.ts';
import { lockHold, standingHolds } from '../asset-hold.ts';
import { chainDecisionKinds, decidedWaitsMs } from '../chain-decision-kinds.ts';
import { stillFits } from '../chain-decision-rules.ts';
import { heldChain } from '../held-chain.ts';
import { signersStillCount } from '../signers-still-count.ts';
import { Turns } from './turns.ts';

/** Whether two people signed this decision with their keys: the rules of `npm run verify:signed`. */
export type ChainDecisionProof = (decision: string) => Promise<boolean>;

type Needs = Pick<Context, 'db' | 'clock'> & { isDecisionProved: ChainDecisionProof };

/** Decisions that are verified at one look, so that custody never waits for it longer than a moment. */
const atOnce = 20;
/** The newest, of which those that failed least are verified: made-up ones from before keep no honest one waiting. */
const dueMax = 1_000;

export class ProvenChainDecisions {
  readonly #needs: Needs;
  /** One that is not proved rests longer each time: the roster that gives its key may come late. */
  readonly #turns = new Turns();

  constructor(needs: Needs) {
    this.#needs = needs;
  }

  /**
   * Called often.
   * @throws what the first that can't be looked at failed of, once the others have had their turn.
   */
  async look(): Promise<void> {
    const { db, clock } = this.#needs;
    const at = clock();
    const due = await db.chainDecision.findMany({
      where: {
        provedAt: null,
        secondAt: { gt: new Date(at.getTime() - decidedWaitsMs), lte: at },
      },
      orderBy: [{ secondAt: 'desc' }, { id: 'asc' }],
      select: { id: true },
      take: dueMax,
    });
    const failures = new Failures();
    const inTurn = this.#turns.order(due, ({ id }) => id, at.getTime());
    for (const { id } of inTurn.slice(0, atOnce)) {
      let isProved = false;
      await failures.keep(async () => {
        isProved = (await this.#needs.isDecisionProved(id)) && (await this.#prove(id));
      });
      if (isProved) this.#turns.went(id);
      else this.#turns.failed(id, at.getTime());
    }
    failures.raise();
  }

  /** @returns false where it is no longer about what stands still, or somebody was stopped who signed it. */
  async #prove(id: string): Promise<boolean> {
    const { db, clock } = this.#needs;
    return inTransaction(db, async (tx) => {
      const {
        hold: { chain, incident },
      } = await tx.chainDecision.findUniqueOrThrow({ where: { id }, select: { hold: true } });
      // A loss that is being written down comes before, and is then in what is asked.
      await lockHold(tx, { chain, asset: null, reason: 'chain-reorganised' });
      const decision = await tx.chainDecision.findUniqueOrThrow({ where: { id } });
      if (decision.provedAt) return true;
      const held = await heldChain(tx, chain, await standingHolds(tx));
      const kind = chainDecisionKinds.find((one) => one === decision.kind);
      if (!held || !kind || !stillFits({ ...decision, kind }, held)) return false;
      if (!(await signersStillCount(tx, signersOf(decision)))) return false;
      const at = clock();
      await tx.chainDecision.update({ where: { id }, data: { provedAt: at } });
      await appendAudit(tx, {
        kind: 'chain-decision-proved',
        subject: chain,
        actor: 'worker',
        at,
        facts: { kind, incident },
      });
      await publish(tx, { topic: 'alarms', id: null });
      return true;
    });
  }
}

type Words = Record<'firstBy' | 'firstCredential' | 'secondBy' | 'secondCredential', string | null>;

const signersOf = ({ firstBy, firstCredential, secondBy, secondCredential }: Words) => [
  { person: firstBy ?? '', credential: firstCredential ?? '' },
  { person: secondBy ?? '', credential: secondCredential ?? '' },
];
