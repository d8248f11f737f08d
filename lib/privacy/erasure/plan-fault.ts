/** Whether a decision about an erasure is what can be done: asked when it is proposed and again when it is approved. */
import { dayOf } from '#lib/platform/days.ts';
import { dataKeys } from '#lib/platform/data-keys/our-keys.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { refuse, type Refused } from '#lib/platform/result.ts';
import type { EventFacts } from '../requests/event.ts';
import type { RequestFile } from '../requests/load-request.ts';
import { findErasedAgain, planOfErasedAgain } from './erased-again.ts';
import { stopsAll, type Blocker } from './blockers.ts';
import { isErasingRight, type ErasingRight } from '../requests/life.ts';
import type { ErasurePlan } from './plan.ts';
import { planErasure } from './plan-erasure.ts';

type Decided = Pick<EventFacts<'proposed'>, 'decision' | 'plan'>;
type About = Pick<RequestFile, 'number' | 'standing'>;

/**
 * @returns null where it may be decided so, such as a refusal, which makes nothing go.
 * @throws DataKeysError where the key service can't be reached: nothing is decided that could not be carried out.
 */
export async function findPlanFault(
  tx: Tx,
  { number, standing: { right, person } }: About,
  { decision, plan: signed }: Decided,
  at: Date,
): Promise<Refused | null> {
  // What another right names as its plan is its own.
  if (!isErasingRight(right)) return null;
  if (decision === 'refuse') return null;
  if (signed === null && right !== 'erasure') return null;
  if (person === null) return refuse('not-identified', 'Nobody is chosen whose data could go.');
  const plan = await planErasure(tx, { person: person.id, right, number, today: dayOf(at) });
  if (plan?.outcome === 'nothing') return blocked(plan.blockers);
  if (signed === null)
    return refuse(
      'no-plan',
      'A decision to erase names what goes. Look at the plan and decide on that.',
    );
  if (!plan) return findErasedFault(tx, person.id, { decision, plan: signed });
  const fault = findDecisionFault(plan, { decision, plan: signed, right });
  return fault ?? findKeyFault(tx, person.id);
}

/** Whom a restored database brought back was erased again before it was served, which grants what they asked for. */
async function findErasedFault(
  tx: Tx,
  person: string,
  { decision, plan }: Decided,
): Promise<Refused | null> {
  if ((await findErasedAgain(tx, person)) === null)
    return refuse('person-erased', 'What was known of this person was erased already.');
  return decision === 'grant' && plan === planOfErasedAgain
    ? null
    : refuse(
        'plan-other',
        'A backup was put back, and the person was erased again by it, so the request is granted whole. Look at the page again and decide on that.',
      );
}

function findDecisionFault(
  plan: ErasurePlan,
  { decision, plan: signed, right }: Decided & { right: ErasingRight },
): Refused | null {
  if (plan.digest !== signed)
    return refuse(
      'plan-other',
      'What is held, or what stands against erasing it, has changed. Look at the plan again and decide on that.',
    );
  // Another right is granted whole although it is about some fields alone.
  const wanted = plan.outcome === 'whole' || right !== 'erasure' ? 'grant' : 'grant-in-part';
  if (decision === wanted) return null;
  return decision === 'grant'
    ? refuse(
        'blocked',
        `Not everything can go now: ${told(plan.blockers)} Grant it in part, with the articles.`,
      )
    : refuse('plan-other', 'Nothing stands against it, so it is granted whole or refused.');
}

async function findKeyFault(tx: Tx, person: string): Promise<Refused | null> {
  const { keyId } = await tx.person.findUniqueOrThrow({
    where: { id: person },
    select: { keyId: true },
  });
  if (keyId !== null && (await dataKeys().missing([keyId])).length === 0) return null;
  return refuse(
    'key-unknown',
    'The key service does not know the key of this person. Whoever runs the installation finds out why before anything goes.',
  );
}

function blocked(blockers: readonly Blocker[]): Refused {
  const stopping = blockers.filter(stopsAll);
  return refuse(
    'blocked',
    `Nothing can go now: ${told(stopping.length > 0 ? stopping : blockers)} Refuse it with the articles; it comes back by itself when that has ended.`,
  );
}

/** The first few; the plan names them all. */
const told = (blockers: readonly Blocker[]): string =>
  blockers
    .slice(0, 3)
    .map(({ sentence }) => sentence)
    .join(' ') || 'nothing of it is held that this right is about.';
