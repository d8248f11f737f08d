/**
 * Where an operation stands: what its rule needs, what has been stated, who may still act and why
 * someone may not. Pure; the parties decide again for themselves.
 */
import type { Decision } from '#lib/protocol/statement.ts';
import type { Requirement } from '#lib/protocol/policy.ts';
import type { Group, Seats } from '#lib/protocol/roster.ts';
import { refuse, type Refused } from '#lib/platform/result.ts';
import { afterShare } from './after-share.ts';
import { countWordFirst } from './count-word.ts';
import { decisionPast } from './decision-words.ts';
import { groupName } from './group-names.ts';
import { kindFacts } from './kinds.ts';
import { seatAt } from './seats.ts';
import { takesDecisions, takesRefusals, type OperationState } from './states.ts';
import { movesShares, type IntentKind } from '#lib/protocol/intent-kinds.ts';
import { findVoiceRefusal, type VoiceRefusal } from './voice-refusal.ts';

/** The group is the one that the statement counts for at the moment. */
export type StandingStatement = { personId: string; group: Group | null; decision: Decision };

export type Standing = {
  kind: IntentKind;
  state: OperationState;
  raisedBy: string;
  /** From which follows who states for which group; null before genesis. */
  roster: Seats | null;
  expiresAt: Date;
  needs: readonly Requirement[];
  /** Statements of the current attempt. */
  statements: readonly StandingStatement[];
  /** How long each party waits once it has seen every statement; 0 where none does. */
  delaySeconds: number;
  /** True where each who approves or co-signs types the code that the party of their group shows. */
  secondChannel: boolean;
  /** When it goes on by itself, while it waits out a delay or a time-lock. */
  waitingUntil: Date | null;
  /** Parties that have taken it over. */
  adoptedBy: readonly string[];
  /** True once a party may have given a share away: from then on only the chain can tell. */
  mayBeSigned: boolean;
};

export type OpenNeed = Requirement & { stated: number };

/** Each requirement with the number of people who have met it. */
export function openNeeds(standing: Standing): OpenNeed[] {
  return standing.needs.map((need) => {
    const people = standing.statements.filter(
      (statement) => statement.decision === need.decision && statement.group === need.group,
    );
    return { ...need, stated: new Set(people.map((statement) => statement.personId)).size };
  });
}

const isMet = (need: OpenNeed): boolean => need.stated >= need.people;

/** The state that follows from the statements, while people are still deciding. */
export function stateFromStatements(standing: Standing): 'raised' | 'approved' | 'cosigned' {
  const needs = openNeeds(standing);
  if (needs.every(isMet)) return 'cosigned';
  return needs.filter((need) => need.decision === 'approve').every(isMet) ? 'approved' : 'raised';
}

/** States whose own word people do not use. */
const stands: Partial<Record<OperationState, string>> = {
  cosigned: 'stated by everybody whom it needs',
  signing: 'being signed',
  broadcast: 'on its way',
  confirmed: 'final',
};

/** For which group they state is told by the roster of the standing. */
export type Person = { personId: string; scopes: ReadonlySet<string> };

export type DecisionRefusal =
  | 'not-allowed'
  | 'operation-closed'
  | 'operation-expired'
  | 'raiser-cannot-decide'
  | 'only-raiser-cancels'
  | 'already-stated'
  | 'wrong-group'
  | 'need-already-met'
  | 'approval-first'
  | 'in-force-already'
  | VoiceRefusal
  | 'may-be-signed';

/**
 * Why this person may not make this decision now, or null when they may. The sentences are what
 * the operation page shows beside a button that is off.
 */
export function findDecisionRefusal(
  standing: Standing,
  person: Person,
  decision: Exclude<Decision, 'raise'>,
  now: Date,
): Refused<DecisionRefusal> | null {
  const { noun } = kindFacts[standing.kind];
  if (!person.scopes.has('operation:decide'))
    return refuse('not-allowed', 'Your role does not decide on operations.');
  if (decision === 'reject' || decision === 'cancel')
    return findEndingRefusal(standing, person, { decision, noun, now });
  if (!takesDecisions(standing.state))
    return refuse(
      'operation-closed',
      `This ${noun} is ${stands[standing.state] ?? standing.state}; nobody can ${verb(decision)} it now.`,
    );
  if (standing.expiresAt <= now)
    return refuse(
      'operation-expired',
      standing.mayBeSigned
        ? `Nobody can ${verb(decision)} this ${noun} now. ${afterShare(standing, now)}`
        : `This ${noun} has expired. Raise a new one if it is still wanted.`,
    );
  if (standing.raisedBy === person.personId)
    return refuse(
      'raiser-cannot-decide',
      `You raised this ${noun}, so you cannot ${verb(decision)} it. ${othersFor(standing, decision)}`,
    );
  const own = standing.statements.find((statement) => statement.personId === person.personId);
  if (own)
    return refuse(
      'already-stated',
      `You have ${decisionPast[own.decision]} this ${noun} already. A person counts once.`,
    );
  const group = seatAt(standing.roster, person.personId, now.getTime()).group;
  return (
    (group !== null && findOwnVoiceRefusal(standing, person, decision, now)) ||
    findNeedRefusal(standing, group, decision)
  );
}

const findOwnVoiceRefusal = (
  { kind, roster, statements }: Standing,
  { personId }: Person,
  decision: Decision,
  now: Date,
): Refused<VoiceRefusal> | null =>
  roster &&
  findVoiceRefusal(
    statements,
    { personId, decision },
    { kind, noun: kindFacts[kind].noun, roster, at: now.getTime() },
  );

/** How many people of which group have still to do it: "Two others of Control must." */
function othersFor(standing: Standing, decision: Decision): string {
  const needs = openNeeds(standing).filter((need) => need.decision === decision);
  if (needs.length === 0) return 'Its rule does not ask for that either.';
  const missing = needs.flatMap(({ group, people, stated }) =>
    stated >= people
      ? []
      : [
          `${countWordFirst(people - stated)} other${people - stated === 1 ? '' : 's'} of ${groupName(group)} must.`,
        ],
  );
  return missing.length > 0 ? missing.join(' ') : 'Others have done so.';
}

const verb = (decision: 'approve' | 'cosign'): string =>
  decision === 'approve' ? 'approve' : 'co-sign';

/** A wait that parties have begun to carry out; from there the others follow, so that all hold the same. */
const isCarriedOut = ({ kind, state, waitingUntil, adoptedBy }: Standing, now: Date): boolean =>
  !movesShares(kind) &&
  (adoptedBy.length > 0 || (state === 'waiting' && waitingUntil !== null && waitingUntil <= now));

function findEndingRefusal(
  standing: Standing,
  person: Person,
  { decision, noun, now }: { decision: 'reject' | 'cancel'; noun: string; now: Date },
): Refused<DecisionRefusal> | null {
  const takesEffectLater = standing.state === 'cosigned' && standing.delaySeconds > 0;
  const open =
    takesRefusals(standing.kind, standing.state) || standing.state === 'held' || takesEffectLater;
  if (open && standing.mayBeSigned)
    return refuse(
      'may-be-signed',
      `A signature for this ${noun} may already exist, so it cannot be stopped here. ${afterShare(standing, now)}`,
    );
  if (!open)
    return refuse(
      'operation-closed',
      `This ${noun} is ${standing.state}; it can no longer be stopped here.`,
    );
  if (standing.state !== 'held' && isCarriedOut(standing, now))
    return refuse(
      'in-force-already',
      `The wait is over and the parties take this ${noun} over. Raise a new one that takes it back.`,
    );
  const isRaiser = standing.raisedBy === person.personId;
  if (decision === 'cancel' && !isRaiser)
    return refuse(
      'only-raiser-cancels',
      `Only the person who raised this ${noun} cancels it. You can reject it.`,
    );
  if (decision === 'reject' && isRaiser)
    return refuse('raiser-cannot-decide', `You raised this ${noun}. Cancel it instead.`);
  return null;
}

function findNeedRefusal(
  standing: Standing,
  group: Group | null,
  decision: 'approve' | 'cosign',
): Refused<DecisionRefusal> | null {
  const needs = openNeeds(standing);
  const mine = needs.find((need) => need.decision === decision && need.group === group);
  if (!mine) {
    const wanted = needs
      .filter((need) => need.decision === decision)
      .map((need) => groupName(need.group));
    const yours = group === null ? 'You act for no group.' : `You act for ${groupName(group)}.`;
    return refuse(
      'wrong-group',
      `Only people of ${wanted.join(' or ')} can ${verb(decision)} this. ${yours}`,
    );
  }
  if (isMet(mine))
    return refuse(
      'need-already-met',
      `${groupName(mine.group)} has already stated what is needed.`,
    );
  if (decision === 'cosign' && stateFromStatements(standing) === 'raised')
    return refuse(
      'approval-first',
      'Co-signing comes after approval. It is still waiting for an approver.',
    );
  return null;
}
