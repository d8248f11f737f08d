/** What is to be done with a request first, and who does it. Pure. */
import type { EventKind, Right } from '#lib/privacy/requests/life.ts';
import { isErasing, tellsRecipients } from '#lib/privacy/requests/fold.ts';
import { handsOutCopy } from '#lib/privacy/requests/rests-on.ts';
import type { RequestView } from '#lib/privacy/requests/view-request.ts';

export type Seen = Pick<RequestView, 'standing' | 'you' | 'recipients' | 'untold'> & {
  /** Systems that were not looked through yet. */
  uncollected: number;
};

export type NextAct = {
  /** Null where it is done in a part of the page that has its own buttons. */
  kind: EventKind | null;
  /** What is next, as a sentence. */
  says: string;
  /** Whether it is for who looks; else the sentence says for whom. */
  isYours: boolean;
  /** Why it is not for who looks, where their role alone would allow it. */
  why: string | null;
};

type Step = {
  kind: EventKind | null;
  says: string;
  for: 'dpo' | 'decider' | 'approver' | 'worker';
};

/** @returns null where nothing is left to do. */
export function nextActOf(seen: Seen): NextAct | null {
  const step = stepOf(seen);
  if (step === null) return null;
  const isDecided = step.for === 'decider' || step.for === 'approver';
  const why = isDecided ? keptApart(seen, step.kind) : null;
  return { kind: step.kind, says: step.says, isYours: maySee(seen, step.for) && why === null, why };
}

function maySee({ you }: Seen, by: Step['for']): boolean {
  if (by === 'worker') return false;
  if (by === 'dpo') return you.work && you.isDpo;
  return by === 'decider' ? you.decide : you.approve;
}

/** Whom the law or the second pair of eyes keeps from deciding; the use case refuses them by itself. */
export function keptApart(
  { standing, you }: Pick<Seen, 'standing' | 'you'>,
  kind: EventKind | null,
): string | null {
  if (you.isDpo) return 'The data protection officer advises and decides on nothing (Art 38(6)).';
  if (standing.advisers.has(you.id)) return 'You gave an opinion on it, so another person decides.';
  if (kind === 'approved' && standing.proposal?.by === you.id)
    return 'You proposed it, so another person approves it.';
  return null;
}

const dpo = (kind: EventKind, says: string): Step => ({ kind, says, for: 'dpo' });

function stepOf(seen: Seen): Step | null {
  const { standing } = seen;
  switch (standing.state) {
    case 'received':
    case 'collecting':
      return early(seen);
    case 'identity':
      return dpo(
        'answered',
        'Record the proof of identity once it is there. Where none comes, a note reminds the person and says until when you wait.',
      );
    case 'clarification':
      return dpo(
        'answered',
        'Record the answer once it is there. Where none comes, a note reminds the person and says until when you wait.',
      );
    case 'review':
      return dpo('opinion-given', 'The data protection officer gives an opinion.');
    case 'opinion':
      return {
        kind: 'proposed',
        says: ['A manager proposes the decision.', beforeGrant(standing.right)]
          .filter((part) => part !== null)
          .join(' '),
        for: 'decider',
      };
    case 'proposed':
      return {
        kind: 'approved',
        says: 'Another manager or an officer approves the decision.',
        for: 'approver',
      };
    case 'approved':
      return waitsForErasure(standing)
        ? {
            kind: 'erased',
            says: 'The worker erases it step by step and proves it. Then the answer can be recorded.',
            for: 'worker',
          }
        : dpo('fulfilled', 'Carry the decision out, send the answer, and record its proof.');
    case 'fulfilled':
    case 'partly-refused':
      return told(seen);
    case 'refused':
    case 'notified':
      return closing(seen);
    case 'closed':
    case 'withdrawn':
    case 'duplicate':
      return null;
  }
}

/** What is done before it can be granted; who proposes is refused until it is. */
function beforeGrant(right: Right): string | null {
  if (handsOutCopy(right, 'grant'))
    return 'To grant it, the package is built and looked through first.';
  switch (right) {
    case 'objection':
      return 'To grant it, marketing is stopped, or what rests on our interest is restricted, first.';
    case 'withdraw-consent':
      return 'What was agreed to is stopped first, at once and without a decision.';
    case 'restriction':
      return 'To grant it, what it is about is restricted first.';
    default:
      return null;
  }
}

/** What is decided to go is answered once it is gone. */
export const waitsForErasure = (standing: Seen['standing']): boolean =>
  isErasing(standing) && standing.erased === null;

function early({ standing, uncollected }: Seen): Step {
  if (standing.isDoubted)
    return dpo('asked', 'The identity is in doubt. Ask for a proof, or identify the person.');
  if (standing.person === null)
    return dpo(
      'identified',
      'Find out who asks. About nobody, it is refused, or answered by that nothing is held.',
    );
  if (standing.opening.forAnother && standing.authority === null)
    return dpo('authority-shown', 'Somebody asks for another. Record their authority to act.');
  return uncollected > 0
    ? dpo('collected', 'Collect what each system holds of the person.')
    : dpo('reviewed', 'Every system is collected. Review what stands against the right.');
}

/** What was restricted meanwhile is told to recipients first, whatever was decided in the end. */
const closing = ({ untold }: Seen): Step =>
  untold === 0
    ? dpo('closed', 'Everything is done. Close it.')
    : {
        kind: null,
        says: 'Tell each recipient of the restriction that was set here, or record why not (Art 19). Then it can be closed.',
        for: 'dpo',
      };

function told(seen: Seen): Step {
  const { standing, recipients } = seen;
  if (!tellsRecipients(standing)) return closing(seen);
  return recipients.some(({ code }) => !standing.recipients.has(code))
    ? dpo('recipient-told', 'Tell each recipient of the data, or say why not (Art 19).')
    : dpo('notified', 'Each recipient is on record. Say that none is left.');
}
