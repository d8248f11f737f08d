/** What can happen to a break, as a pure state machine; the database holds the same rules. */
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import type { Cause } from '../matching/cause.ts';

export const breakStates = ['open', 'proposed', 'closed'] as const;
export type BreakState = (typeof breakStates)[number];
export const closings = ['match', 'correction', 'explanation'] as const;
/** A later match; a journal that corrects the books; an explanation that two people stand for. */
export type Closing = (typeof closings)[number];

export type Proposal = {
  by: string;
  how: 'correction' | 'explanation';
  /** Number of the correcting journal; null for an explanation. */
  journal: string | null;
};

export type BreakLife = {
  state: BreakState;
  /** Null while it is not closed. */
  closedBy: Closing | null;
  /** There exactly while it is proposed. */
  proposal: Proposal | null;
  owner: string | null;
  cause: Cause;
  /** Digest of the difference as last seen. */
  content: string;
};

export type BreakEvent =
  /** A run found the difference. */
  | { what: 'found'; cause: Cause; content: string }
  /** The closing was verified, and nobody is shown to have signed it. */
  | { what: 'unproved' }
  /** A run of the same place did not find it any more. */
  | { what: 'matched' }
  | { what: 'taken'; by: string }
  | { what: 'proposed'; proposal: Proposal }
  | { what: 'withdrawn'; by: string }
  | { what: 'declined'; by: string }
  | { what: 'accepted'; by: string };

export type LifeRefusal =
  | 'break-closed'
  | 'still-timing'
  | 'already-proposed'
  | 'nothing-proposed'
  | 'same-person'
  | 'not-proposer';

export const bornOpen = (cause: Cause, content: string): BreakLife => ({
  state: 'open',
  closedBy: null,
  proposal: null,
  owner: null,
  cause,
  content,
});

/** The break after an event, or why a person may not do that to it. Runs are never refused. */
export function stepBreak(life: BreakLife, event: BreakEvent): Result<BreakLife, LifeRefusal> {
  switch (event.what) {
    case 'found':
      return ok(foundAgain(life, event));
    case 'matched':
      return ok(
        life.state === 'closed'
          ? life
          : { ...life, state: 'closed', closedBy: 'match', proposal: null },
      );
    case 'unproved':
      // What a run saw needs nobody's signature.
      return ok(
        life.state === 'closed' && life.closedBy !== 'match'
          ? { ...life, state: 'open', closedBy: null }
          : life,
      );
    case 'taken':
      return life.state === 'closed' ? closedRefusal() : ok({ ...life, owner: event.by });
    case 'proposed':
      return propose(life, event.proposal);
    case 'withdrawn':
    case 'declined':
    case 'accepted':
      return decide(life, event);
  }
}

/**
 * An accepted explanation holds for what it was accepted for: while the difference stays the same it stays
 * closed, otherwise it is open again. A match or a correction says that there is none, so any is news.
 */
function foundAgain(
  life: BreakLife,
  { cause, content }: { cause: Cause; content: string },
): BreakLife {
  const isSame = life.content === content;
  const seen = { ...life, cause, content };
  if (life.state === 'closed')
    return life.closedBy === 'explanation' && isSame
      ? seen
      : { ...seen, state: 'open', closedBy: null };
  // Nobody has proposed anything about what it is now.
  return isSame ? seen : { ...seen, state: 'open', proposal: null };
}

function propose(life: BreakLife, proposal: Proposal): Result<BreakLife, LifeRefusal> {
  if (life.state === 'closed') return closedRefusal();
  if (life.state === 'proposed')
    return refuse(
      'already-proposed',
      'Something is proposed for this break already. Accept or decline that first, or let its author withdraw it.',
    );
  if (life.cause === 'timing' && proposal.how === 'explanation')
    return refuse(
      'still-timing',
      'The other side may still come, so there is nothing to explain yet. The next run matches it, or says what is wrong.',
    );
  return ok({ ...life, state: 'proposed', proposal });
}

function decide(
  life: BreakLife,
  { what, by }: { what: 'withdrawn' | 'declined' | 'accepted'; by: string },
): Result<BreakLife, LifeRefusal> {
  if (life.state === 'closed') return closedRefusal();
  if (!life.proposal)
    return refuse(
      'nothing-proposed',
      'Nothing is proposed for this break any more. Read its page again.',
    );
  if (what === 'withdrawn' && life.proposal.by !== by)
    return refuse('not-proposer', 'Only who proposed it can withdraw it. You can decline it.');
  if (what !== 'withdrawn' && life.proposal.by === by)
    return refuse(
      'same-person',
      'You proposed this, so somebody else has to accept or decline it. You can withdraw it.',
    );
  if (what !== 'accepted') return ok({ ...life, state: 'open', proposal: null });
  return ok({ ...life, state: 'closed', closedBy: life.proposal.how, proposal: null });
}

const closedRefusal = () =>
  refuse('break-closed', 'This break is closed. A run that finds the difference again opens it.');
