/**
 * What can still stop an operation that waits for no statement any more, in words. Pure. The console
 * takes a rejection as long as `standing.ts` allows it; parties stop by their own facts, up to the
 * moment in which each hands out its part or takes something over, and this says no more than that.
 */
import { isCoinKind, isStopKind, movesShares } from '#lib/protocol/intent-kinds.ts';
import { kindFacts } from './kinds.ts';
import { inWords } from './policy-words.ts';
import { findDecisionRefusal, type Standing } from './standing.ts';
import { isFinal, takesDecisions } from './states.ts';

export type StopMeans = {
  /** True where parties refuse it while everything is frozen. */
  isFreezable: boolean;
  /** Vault and asset that a freeze may name; null where only one of everything stops it. */
  scope: { vault: string; asset: string } | null;
  /** A cold party takes part, which is reached by documents. */
  isTrip: boolean;
  now: Date;
};

/** Somebody who may decide and did not raise it. */
const somebody = { personId: '', scopes: new Set(['operation:decide']) };

/** @returns null while people still state, once it is over, and while it is held. */
export function whatStops(standing: Standing, means: StopMeans): string | null {
  const { state, kind } = standing;
  if (takesDecisions(state) || isFinal(state) || state === 'held') return null;
  if (state === 'signed' || state === 'broadcast')
    return 'A signature exists, so neither a rejection nor a freeze stops it any more.';
  const isHere = findDecisionRefusal(standing, somebody, 'reject', means.now) === null;
  if (isCoinKind(kind)) return ofWithdrawal(standing, means, isHere);
  if (isHere) {
    const freeze = means.isFreezable ? ' A freeze of everything stops it as well.' : '';
    return `${untilWhen(standing)} anyone entitled can reject it here.${freeze}`;
  }
  if (kind === 'proof-of-control') return ofProof;
  return movesShares(kind) ? ofKeyWork : ofChange(standing, means);
}

const notHere = 'Nobody can reject it here any more.';

const freezeOf = ({ scope }: StopMeans): string =>
  scope === null
    ? 'a freeze of everything'
    : `a freeze of vault ${scope.vault}, of ${scope.asset} or of everything`;

const capitalised = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

/** What waits names its instant before this; what has not begun does not. */
function untilWhen({ state, kind }: Standing): string {
  if (state === 'waiting') return 'Until then';
  return isCoinKind(kind) ? 'Until signing begins' : 'Until its wait is over';
}

function ofWithdrawal(standing: Standing, means: StopMeans, isHere: boolean): string {
  const freeze = freezeOf(means);
  if (standing.mayBeSigned)
    return `${notHere} A party may have handed out its part of the signature, so one may exist. ${capitalised(freeze)}, or a rejection at a party’s own page, still stops each party that has not; once all that sign have, nothing does.`;
  if (isHere)
    return `${untilWhen(standing)} anyone entitled can reject it here. ${capitalised(freeze)} stops it as well.`;
  if (means.isTrip)
    return `${notHere} But the party with a network makes its part of the signature only when the answer is back. Until then ${freeze}, or a rejection at that party’s own page, stops it, also while documents are on their way.`;
  return `${notHere} By the record here no part of the signature has left a party. Until it does, ${freeze}, or a rejection at a party’s own page, stops that party.`;
}

const ofProof = `${notHere} A freeze of the vault or of everything, or a rejection at a party’s own page, still stops each party that has not handed out its part of the signature.`;

const ofKeyWork = `${notHere} A rejection at a party’s own page stops that party until its part is done. A freeze does not stop work on keys.`;

function ofChange({ kind, needs, adoptedBy }: Standing, { isFreezable }: StopMeans): string {
  const { noun } = kindFacts[kind];
  if (isStopKind(kind))
    return kind === 'freeze'
      ? 'It stands here already, and nobody can reject it. A release ends it.'
      : 'It stands here already, and nobody can reject it.';
  if (adoptedBy.length > 0)
    return `${notHere} ${capitalised(inWords([...adoptedBy]))} took it over already, and the others follow. To take it back, raise a new ${noun}.`;
  if (needs.length === 0)
    return 'It needs one person only and goes to every party at once, so nobody can reject it here.';
  const freeze = isFreezable ? ', or a freeze of everything,' : '';
  return `${notHere} A rejection at a party’s own page${freeze} still stops each party that has not taken it over.`;
}
