/** What comes of a roster that is not in force: what it changes, what is wrong, whom it needs. */
import type { Actor } from '#lib/identity/actor.ts';
import { operatorNames } from '#lib/persons/operator-names.ts';
import type { Context } from '#lib/platform/context.ts';
import type { RosterChangeIntent } from '#lib/protocol/intent.ts';
import { rosterTightens } from '#lib/protocol/roster-tightening.ts';
import { askPolicy } from '../ask-policy.ts';
import { changeEffect, type ChangeEffect } from '../policy/change-effect.ts';
import { findSolo, type SoloSentences } from '../policy/solo-path.ts';
import { rosterDiff, type RosterDiff } from '../roster-diff.ts';
import type { Trust } from '../trust.ts';

export type RosterChangeReport = {
  diff: RosterDiff;
  /** Why nobody could put it right again; null when people could. */
  lockout: string | null;
  solo: SoloSentences | null;
  effect: ChangeEffect;
  /** Why it can't be raised as it is; null when it can. */
  cannotRaise: string | null;
};

/** @param of.actor who would raise it: what one person may do alone depends on who it is. */
export async function reportRosterChange(
  intent: RosterChangeIntent,
  { actor, trust }: { actor: Pick<Actor, 'personId'>; trust: Trust },
  context: Context,
): Promise<RosterChangeReport> {
  const nameOf = await operatorNames(context.db);
  const solo = findSolo(intent.roster, trust.policy, nameOf);
  const report = { diff: rosterDiff(trust.roster, intent.roster, nameOf), solo };
  const of = { trust, raiser: actor.personId };
  const allowed = await askPolicy(intent, of, context.db, context.clock());
  if (!allowed.ok) {
    const { code, sentence } = allowed.refusal;
    const lockout = code === 'roster-locks-out' ? sentence : null;
    return { ...report, lockout, effect: { what: 'unknown' }, cannotRaise: sentence };
  }
  return {
    ...report,
    lockout: null,
    effect: changeEffect(allowed.value, rosterTightens(trust.roster, intent.roster)),
    cannotRaise: solo && solo.sentence,
  };
}
