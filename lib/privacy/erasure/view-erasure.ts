/** What a request would erase and what became of it, by counts and digests: nothing of what is held. */
import type { Actor } from '#lib/identity/actor.ts';
import type { ShredReceipt } from '#lib/platform/data-keys/data-keys.ts';
import type { Context } from '#lib/platform/context.ts';
import { dayOf } from '#lib/platform/days.ts';
import { inSnapshot } from '#lib/platform/db/snapshot.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { ok, type Result } from '#lib/platform/result.ts';
import {
  isErasingRight,
  putBackReasons,
  type ErasingRight,
  type PutBackReason,
  type RequestState,
  type Right,
} from '../requests/life.ts';
import { lacksReading } from '../requests/may-read.ts';
import type { Blocker } from './blockers.ts';
import { findErasedAgain, planOfErasedAgain } from './erased-again.ts';
import type { Erasure } from './erasure-row.ts';
import {
  erasureStates,
  erasureSteps,
  openErasures,
  type ErasureProof,
  type ErasureState,
  type Gone,
} from './phases.ts';
import type { ErasurePlan, PlanLine } from './plan.ts';
import { planErasure } from './plan-erasure.ts';

export type CarriedView = {
  state: ErasureState;
  stateWords: string;
  isOpen: boolean;
  /** Why it was left as it was; null where it was not. */
  left: string | null;
  scope: 'whole' | 'part';
  /** Each step with the instant at which it was done; null where it was not. */
  steps: { name: string; at: string | null }[];
  gone: Partial<Gone>;
  /** Places that kept the key, each with whether it is destroyed there; the generations of the root key. */
  receipt: { places: number; rootBefore: number; rootAfter: number } | null;
  proof: ErasureProof | null;
};

export type ErasureView = {
  /** Null where the person is erased, or it was answered, and for who neither works on the request nor decides on it. */
  plan: {
    outcome: ErasurePlan['outcome'];
    lines: PlanLine[];
    blockers: Blocker[];
    freeOn: string | null;
    digest: string;
  } | null;
  /** Digest that a proposal names; null where nothing can go. */
  toPropose: string | null;
  /** How far the decision that stands is carried out; null where nothing was begun. */
  carried: CarriedView | null;
  /** That it comes back by itself, and on which day where that is known. */
  comesBack: { on: string | null } | null;
};

export type Asked = {
  id: string;
  number: string;
  standing: { right: Right; state: RequestState; person: { id: string } | null };
};

/** States in which the plan is still of use. */
const planned: ReadonlySet<RequestState> = new Set([
  'received',
  'identity',
  'clarification',
  'collecting',
  'review',
  'opinion',
  'proposed',
  'approved',
]);

/** @returns null where the right erases nothing, or nobody is identified yet. */
export async function viewErasure(
  actor: Actor,
  { id, number, standing }: Asked,
  { db, clock }: Pick<Context, 'db' | 'clock'>,
): Promise<Result<ErasureView | null>> {
  const refused = lacksReading(actor);
  if (refused) return refused;
  const { right, state, person } = standing;
  if (!isErasingRight(right) || person === null) return ok(null);
  const today = dayOf(clock());
  return inSnapshot(db, async (tx) => {
    const about = { person: person.id, right, number, today };
    const again = await findErasedAgain(tx, person.id);
    const carried = await carriedOf(tx, id, again);
    const plan =
      planned.has(state) && (carried === null || !carried.isOpen)
        ? await planErasure(tx, about)
        : null;
    // Another right asks for no plan; what stops then is recorded in its own part.
    if (right !== 'erasure' && carried === null && plan?.outcome === 'nothing') return ok(null);
    const mayTell = actor.scopes.has('suspicion:read');
    // Which fields there are of somebody, and what stands against them, is for who works on the request or decides on it.
    const mayPlan = mayTell || actor.scopes.has('privacy:approve');
    return ok({
      plan:
        plan && mayPlan
          ? {
              outcome: plan.outcome,
              lines: plan.lines.filter(({ isWithheld }) => !isWithheld || mayTell),
              blockers: plan.blockers,
              freeOn: plan.freeOn,
              digest: plan.digest,
            }
          : null,
      toPropose: planToPropose(right, plan, again),
      carried,
      comesBack: await comesBackOf(tx, id),
    });
  });
}

function planToPropose(
  right: ErasingRight,
  plan: ErasurePlan | null,
  again: Erasure | null,
): string | null {
  if (right !== 'erasure') return null;
  if (again !== null) return planOfErasedAgain;
  return plan === null || plan.outcome === 'nothing' ? null : plan.digest;
}

/** @param again by which a restored database lost the person again; it stands for what was decided. */
async function carriedOf(
  tx: Tx,
  requestId: string,
  again: Erasure | null,
): Promise<CarriedView | null> {
  const row =
    again ??
    (await tx.personErasure.findFirst({
      where: { requestId },
      orderBy: { proposal: 'desc' },
    }));
  if (!row) return null;
  const state = row.state as ErasureState;
  const at = {
    swept: row.sweptAt,
    removed: row.removedAt,
    looked: row.lookedAt,
    shredded: row.shreddedAt,
    proved: state === 'proved' ? row.endedAt : null,
  };
  const receipt = row.receipt as unknown as ShredReceipt | null;
  return {
    state,
    stateWords: erasureStates[state],
    isOpen: openErasures.includes(state),
    left: row.reason === null ? null : putBackReasons[row.reason as PutBackReason],
    scope: row.scope as 'whole' | 'part',
    steps: erasureSteps.map(({ to, name }) => ({ name, at: at[to]?.toISOString() ?? null })),
    gone: row.gone as Partial<Gone>,
    receipt: receipt && {
      places: receipt.places.length,
      rootBefore: receipt.rootBefore,
      rootAfter: receipt.rootAfter,
    },
    proof: state === 'proved' ? (row.proof as unknown as ErasureProof) : null,
  };
}

async function comesBackOf(tx: Tx, requestId: string): Promise<ErasureView['comesBack']> {
  const row = await tx.erasureDue.findFirst({ where: { requestId, state: 'waiting' } });
  return row && { on: row.dueOn === null ? null : dayOf(row.dueOn) };
}
