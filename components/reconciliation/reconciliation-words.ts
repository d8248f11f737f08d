/** Words of reconciliation, as people read them. Pure. */
import type { AgeBand } from '#lib/reconciliation/breaks/business-days.ts';
import type { Cause } from '#lib/reconciliation/matching/cause.ts';
import type { OverviewView } from '#lib/reconciliation/view-overview.ts';
import type { StatusMarkProps } from '../ui/status-mark.tsx';

const kinds: Readonly<Record<string, string>> = {
  chain: 'Books and chain',
  bank: 'Books and bank',
  liabilities: 'Owed and there',
};
export const kindName = (kind: string): string => kinds[kind] ?? kind;

/** Both sides of a run of this kind, in the order of the books first. */
export const sideNames = (kind: string): { ledger: string; outside: string } =>
  kind === 'liabilities'
    ? { ledger: 'Owed, by the books', outside: 'There, by the books' }
    : { ledger: 'By the books', outside: kind === 'bank' ? 'By the statement' : 'By the chain' };

/** What the other side is held against. */
export const heldAgainst = (kind: string): string =>
  kind === 'liabilities' ? 'is owed' : 'the books say';

/** What is compared: a vault, an account, or one asset over everything. */
export const placeName = ({ kind, place }: { kind: string; place: string }): string => {
  if (kind === 'liabilities') return 'everything';
  return kind === 'bank' ? `account ${place}` : `vault ${place}`;
};

type CauseWords = { name: string; says: string };
const causeWords: Readonly<Record<Cause, CauseWords>> = {
  timing: {
    name: 'Timing',
    says: 'One side has it and the other is about to: it is on its way. The next run matches it, or says what is wrong.',
  },
  'missing-in-ledger': {
    name: 'Missing in the books',
    says: 'It happened outside and the books know nothing of it.',
  },
  'missing-outside': {
    name: 'Missing outside',
    says: 'The books have it and nobody outside does.',
  },
  amount: { name: 'Amount', says: 'Both sides have it, with different amounts.' },
  duplicate: { name: 'Duplicate', says: 'One side has it twice, the other once.' },
  fee: { name: 'Fee', says: 'The amounts differ by no more than a fee.' },
  reorg: {
    name: 'Taken back by the chain',
    says: 'It was booked from a block that the chain shows no more.',
  },
  unknown: {
    name: 'Unknown',
    says: 'The balances differ, and no movement explains it.',
  },
};
export const causeName = (cause: Cause): string => causeWords[cause].name;
export const causeSentence = (cause: Cause): string => causeWords[cause].says;

export const ageName = (band: AgeBand): string =>
  band === 'over-5' ? 'over 5 working days' : `${band.replace('-', ' to ')} working days`;

const closings: Readonly<Record<string, string>> = {
  match: 'Closed: a later run found no difference',
  correction: 'Closed: the books were corrected',
  explanation: 'Closed: explained, by two people',
};

/** Where a break stands, as shape and words. */
export function breakState({
  state,
  closedBy,
  isLate,
  isUnproved,
}: {
  state: string;
  closedBy: string | null;
  isLate: boolean;
  /** Closed in two people's names, who are not proved to have signed it. */
  isUnproved: boolean;
}): Pick<StatusMarkProps, 'shape' | 'tone'> & { words: string } {
  if (isUnproved)
    return { shape: 'triangle', tone: 'danger', words: 'Open: its closing is not proved' };
  if (state === 'closed')
    return { shape: 'dot', tone: 'good', words: closings[closedBy ?? ''] ?? 'Closed' };
  if (isLate)
    return {
      shape: 'triangle',
      tone: 'danger',
      words: state === 'proposed' ? 'Late: waits for a second person' : 'Late: open',
    };
  if (state === 'proposed')
    return { shape: 'ring', tone: 'caution', words: 'Waits for a second person' };
  return { shape: 'ring', tone: 'caution', words: 'Open' };
}

const happenings: Readonly<Record<string, string>> = {
  found: 'A run found it',
  changed: 'A run found it changed',
  reopened: 'A run found it again: open',
  matched: 'A run found no difference any more: closed',
  taken: 'takes care of it',
  commented: 'wrote about it',
  proposed: 'proposed to close it',
  withdrawn: 'withdrew the proposal',
  declined: 'declined the proposal',
  accepted: 'accepted the proposal: closed',
};

/** What happened to a break and who did it, as one phrase. */
export function happened({ what, by }: { what: string; by: string }): string {
  const words = happenings[what] ?? what;
  return words.startsWith('A run') ? words : `${by} ${words}`;
}

/** "3 open breaks", as it stands in a sentence. */
export function countWords(count: number, one: string, many = `${one}s`): string {
  if (count === 0) return `no ${one}`;
  return count === 1 ? `one ${one}` : `${count} ${many}`;
}

const upperFirst = (text: string): string => text.replace(/^./, (first) => first.toUpperCase());

/** How much of it was not compared, as a sentence of its own; empty where all of it was. */
function uncomparedWords({ places }: Pick<OverviewView, 'places'>): string {
  const moved = places.filter(({ uncomparedSince }) => uncomparedSince !== null).length;
  const never = places.filter(({ lastRun }) => lastRun === null).length;
  const parts = [
    ...(moved === 0
      ? []
      : [
          `${moved} of ${places.length} not compared since ${moved === 1 ? 'its' : 'their'} last movement`,
        ]),
    ...(never === 0 ? [] : [`${never} of ${places.length} never compared`]),
  ];
  return parts.length === 0 ? '' : ` ${parts.join(', ')}.`;
}

/** How the books stand beside everybody else. That no break is open says nothing of what no run has seen. */
export function overviewState(view: Pick<OverviewView, 'places' | 'open' | 'late'>): string {
  const { places, open, late } = view;
  if (places.length === 0) return 'There is nothing to compare yet.';
  if (places.every(({ lastRun }) => lastRun === null)) return 'Nothing has been compared yet.';
  const rest = uncomparedWords(view);
  if (open === 0)
    return rest === ''
      ? 'Books, chain and what is owed agree: no break is open.'
      : `No break is open.${rest}`;
  const lateWords = late === 0 ? 'none is late' : `${countWords(late, 'break')} late`;
  return `${upperFirst(`${countWords(open, 'break')} open, ${lateWords}.`)}${rest}`;
}
