/** How a destination is spoken of. */
import type { DestinationStanding } from '#lib/operations/list-destinations.ts';
import type { OperationState } from '#lib/operations/states.ts';
import type { StatusShape } from '../ui/status-mark.tsx';
import type { Tone } from '../ui/tone.ts';

export const classWords: Readonly<Record<string, string>> = {
  'client-wallet': 'Wallet of the client',
  exchange: 'Exchange',
  custodian: 'Other custodian',
  other: 'Other, trusted least',
};

export const evidenceWords: Readonly<Record<string, string>> = {
  'signed-message': 'Message signed with the address',
  'test-deposit': 'Deposit of an agreed amount',
  'counterparty-letter': 'Letter of the exchange or custodian',
  visit: 'Shown in person',
};

export const wordOf = (words: Readonly<Record<string, string>>, key: string): string =>
  words[key] ?? key;

type Mark = { shape: StatusShape; tone: Tone; words: string };

const standingMarks: Readonly<Record<DestinationStanding, Mark>> = {
  proposed: { shape: 'ring', tone: 'quiet', words: 'Proposed, not payable yet' },
  cooling: { shape: 'ring', tone: 'caution', words: 'Listed, cooling down' },
  usable: { shape: 'dot', tone: 'good', words: 'Listed' },
  expired: { shape: 'triangle', tone: 'danger', words: 'Expired: certify it again' },
  removed: { shape: 'square', tone: 'quiet', words: 'Removed' },
};

/** A proposal that came to nothing stands among the removed, and never was on the list. */
export const markOf = ({
  standing,
  listedAt,
}: {
  standing: DestinationStanding;
  listedAt: string | null;
}): Mark =>
  standing === 'removed' && listedAt === null
    ? { ...standingMarks.removed, words: 'Never listed: its proposal came to nothing' }
    : standingMarks[standing];

/** Where an operation about an address stands, behind its number. */
export const openWords: Readonly<Partial<Record<OperationState, string>>> = {
  raised: 'waits for an approver',
  approved: 'waits for a co-signer',
  cosigned: 'has every statement, and the parties are asked',
  waiting: 'has every statement and waits out its delay',
  signing: 'is being taken over by the parties',
  held: 'was refused by a party and is held',
};

/** The same as a word of its own. */
export const stateWords: Readonly<Record<OperationState, string>> = {
  raised: 'Waits for an approver',
  approved: 'Waits for a co-signer',
  cosigned: 'With the parties',
  waiting: 'Waits out its delay',
  signing: 'With the parties',
  signed: 'Signed',
  broadcast: 'Sent to the chain',
  confirmed: 'Confirmed',
  done: 'Done',
  rejected: 'Rejected',
  cancelled: 'Cancelled',
  expired: 'Expired',
  failed: 'Failed',
  held: 'Held',
};
