/** Whether a person may sign a step about a breach now; asked before the key is pressed, and again after. */
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { ok, refuse, type Refused, type Result } from '#lib/platform/result.ts';
import { breachMoved, breachUnknown, findBreachMoment, timeAfterBreach } from './act-on-breach.ts';
import { missingContents } from './completeness.ts';
import type { BreachFacts } from './event.ts';
import type { SignedKind } from './life.ts';
import { breachDigestBefore, lockBreach, type BreachFile } from './load-breach.ts';
import { loadContact, type BreachContact } from './load-contact.ts';
import {
  findAgreementFault,
  findClearanceFault,
  findDismissalFault,
  findPersonsFault,
  isLateAt,
} from './rules.ts';

type Decision = BreachFacts<'persons-decided'>;
export type WantedStep = { id: string; seen: number } & (
  | { step: Exclude<SignedKind, 'persons-decided' | 'notification-signed'> }
  | { step: 'persons-decided'; decision: Decision }
  /** The digest is of the text as it was made before the press. */
  | { step: 'notification-signed'; digest: string | null }
);

export type SignedEvent = {
  [K in SignedKind]: { kind: K; facts: BreachFacts<K> };
}[SignedKind];
export type ReadyToSign = {
  file: BreachFile;
  at: Date;
  events: string;
  event: SignedEvent;
  contact: BreachContact | null;
};

/** The controller decides; who advises on data protection prepares it (Art 38(6) GDPR). */
export const lacksSigning = (actor: Actor): Refused | null =>
  lacksScope(actor, 'privacy:approve') ??
  (actor.roles.includes('dpo')
    ? refuse('advises-only', 'Who advises on data protection does not decide on a breach.')
    : null);

export async function readyToSign(
  tx: Tx,
  actor: Actor,
  wanted: WantedStep,
  now: Date,
): Promise<Result<ReadyToSign>> {
  const refused = lacksSigning(actor);
  if (refused) return refused;
  const file = await lockBreach(tx, wanted.id);
  if (!file) return breachUnknown();
  const moment = findBreachMoment(file, wanted.step, wanted.seen);
  if (moment) return moment;
  const at = timeAfterBreach(file, now);
  const events = await breachDigestBefore(tx, file, file.seq + 1);
  const contact = await loadContact(tx);
  const event = await eventOf(tx, actor, { file, wanted, events, contact, at });
  return event.ok ? ok({ file, at, events, event: event.value, contact }) : event;
}

type About = {
  file: BreachFile;
  wanted: WantedStep;
  events: string;
  contact: BreachContact | null;
  at: Date;
};

async function eventOf(
  tx: Tx,
  actor: Actor,
  { file, wanted, events, contact, at }: About,
): Promise<Result<SignedEvent>> {
  const { standing } = file;
  switch (wanted.step) {
    case 'clearance-proposed':
      return findClearanceFault(standing) ?? ok({ kind: wanted.step, facts: { events } });
    case 'clearance-approved': {
      const { proposal } = standing;
      if (!proposal) return breachMoved();
      const fault = findClearanceFault({ ...standing, proposal: null });
      if (fault) return fault;
      if (proposal.by === actor.personId)
        return refuse('same-person', 'Who proposed it does not decide it. Ask somebody else.');
      // What the proposal was made on is still what it was.
      const before = await breachDigestBefore(tx, file, proposal.seq);
      return before === proposal.events
        ? ok({ kind: wanted.step, facts: { of: proposal.seq, events: before } })
        : breachMoved();
    }
    case 'dismissal-approved':
      return (
        findDismissalFault(standing, actor.personId) ??
        ok({ kind: wanted.step, facts: { of: standing.dismissal?.seq ?? 0 } })
      );
    case 'persons-decided':
      return (
        findPersonsFault(standing, wanted.decision) ??
        ok({ kind: wanted.step, facts: wanted.decision })
      );
    case 'persons-agreed':
      return (
        findAgreementFault(standing, actor.personId) ??
        ok({ kind: wanted.step, facts: { of: standing.decision?.seq ?? 0 } })
      );
    case 'notification-signed':
      return ok({
        kind: wanted.step,
        facts: {
          phase: standing.phases.length + 1,
          digest: wanted.digest ?? '0'.repeat(64),
          missing: missingContents(standing, contact !== null),
          isLate: standing.notifiedAt === null && isLateAt(standing, at),
        },
      });
  }
}
