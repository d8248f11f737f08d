/**
 * Which other Member States' authorities a major incident is relevant for (2024/1772 Art 11, for Art 19(7) of
 * Regulation 2022/2554): those where its root cause lies, and those where it had a significant impact. Pure.
 */
import { FactError } from './facts.ts';
import { memberStates, readMemberState, type MemberState } from './member-states.ts';

/** Whom an impact hit, with the values of the report's field 3.18 and the point of Art 11 where it counts. */
export const stateImpacts = {
  clients: { name: 'clients', article: '11(a)' },
  financial_counterparts: { name: 'financial counterparts', article: '11(a)' },
  branch_of_the_financial_entity: { name: 'a branch of the entity', article: '11(b)' },
  financial_entities_within_the_group_carrying_out_activities_in_the_respective_member_state: {
    name: 'an entity of the group',
    article: '11(b)',
  },
  financial_market_infrastructure: { name: 'a financial market infrastructure', article: '11(c)' },
  'third-party_providers_that_may_be_common_to_other_financial_entities': {
    name: 'a provider of other financial entities, too',
    article: '11(c)',
  },
} as const;
export type StateImpact = keyof typeof stateImpacts;

export type StateFacts = {
  /** The entity's own Member State, which is none of the others. */
  member_state: string;
  /** Member States where the root cause lies; missing or null where that is not known. */
  cause_from?: readonly string[] | null | undefined;
  impacts?:
    | readonly { state: string; on: StateImpact; significant?: boolean | null | undefined }[]
    | null
    | undefined;
};

export type OtherStates = {
  relevant: boolean;
  /** Not relevant as far as is known, but something that would decide is not. */
  open: boolean;
  /** Each with why, in the order of the codes. */
  states: { state: MemberState; reasons: { article: string; sentence: string }[] }[];
};

/** @throws FactError for what is no Member State or no kind of impact. */
export function otherStates(facts: StateFacts): OtherStates {
  const home = stateOf('member_state', facts.member_state);
  const reasons = new Map<MemberState, { article: string; sentence: string }[]>();
  const add = (state: MemberState, article: string, what: string): void => {
    if (state === home) return;
    const sofar = reasons.get(state) ?? [];
    const sentence = `${what} in ${memberStates[state]}.`;
    if (!sofar.some((reason) => reason.sentence === sentence)) sofar.push({ article, sentence });
    reasons.set(state, sofar);
  };
  for (const code of facts.cause_from ?? [])
    add(stateOf('cause_from', code), '11', 'The root cause lies');
  let isUnknown = facts.cause_from === null || facts.cause_from === undefined || !facts.impacts;
  for (const { state: code, on, significant } of facts.impacts ?? []) {
    const state = stateOf('impacts', code);
    const impact = impactOf(on);
    if (significant === true) add(state, impact.article, `Significant impact on ${impact.name}`);
    else if (significant !== false && state !== home) isUnknown = true;
  }
  const states = [...reasons]
    .map(([state, why]) => ({ state, reasons: why }))
    .toSorted((one, other) => (one.state < other.state ? -1 : 1));
  return { relevant: states.length > 0, open: states.length === 0 && isUnknown, states };
}

function impactOf(on: string): (typeof stateImpacts)[StateImpact] {
  if (Object.hasOwn(stateImpacts, on)) return stateImpacts[on as StateImpact];
  throw new FactError({ field: 'impacts', reason: `${JSON.stringify(on)} is no kind of impact.` });
}

function stateOf(field: string, code: string): MemberState {
  const state = typeof code === 'string' ? readMemberState(code) : null;
  if (state) return state;
  throw new FactError({ field, reason: `${JSON.stringify(code)} is no Member State.` });
}
