/** Where each party stands towards an operation, from what is on record. Pure. */
import type { Roster } from '#lib/protocol/roster.ts';
import { kindFacts } from './kinds.ts';
import { groupName } from './group-names.ts';
import { openNeeds, type Standing } from './standing.ts';

export type PartyStanding = {
  name: string;
  /** waits: its group has not stated; ready: it has; done: it took part; refused: it said no; idle: not asked. */
  state: 'waits' | 'ready' | 'done' | 'refused' | 'idle';
  /** A few words for the right of the row. */
  mark: string;
  sentence: string;
};

export type PartyFacts = {
  roster: Roster | null;
  adopted: ReadonlySet<string>;
  stop: { party: string | null; sentence: string } | null;
  /** Parties with a share of its key; null for a kind that moves no share, which every party adopts. */
  members: readonly string[] | null;
};

const over: ReadonlySet<string> = new Set(['rejected', 'cancelled', 'expired', 'failed']);
const signed: ReadonlySet<string> = new Set(['signed', 'broadcast', 'confirmed']);

export function partyStandings(standing: Standing, facts: PartyFacts): PartyStanding[] {
  const parties = facts.roster?.parties ?? [];
  return parties.map((party) => ({
    name: party.name,
    ...standingOfParty(standing, facts, party),
  }));
}

/** What a party has once an operation on a key is done. */
const keptWith: Readonly<Partial<Record<Standing['kind'], { mark: string; sentence: string }>>> = {
  'key-ceremony': {
    mark: 'Holds a share',
    sentence: 'Checked every statement and keeps its share sealed in a store of its own.',
  },
  'key-refresh': {
    mark: 'Uses the new epoch',
    sentence: 'Checked every statement, made its new share with the others and erased the old one.',
  },
  'key-repair': {
    mark: 'Did its part',
    sentence: 'Checked every statement and took part in the rounds that gave the share back.',
  },
  'key-backup': {
    mark: 'Share sealed',
    sentence: 'Checked every statement and sealed its share for its own custodians.',
  },
};

function standingOfParty(
  standing: Standing,
  { adopted, stop, members }: PartyFacts,
  party: Roster['parties'][number],
): Omit<PartyStanding, 'name'> {
  const group = groupName(party.group);
  const { onChain, noun } = kindFacts[standing.kind];
  if (stop?.party === party.name)
    return { state: 'refused', mark: 'Refused', sentence: stop.sentence };
  if (adopted.has(party.name))
    return {
      state: 'done',
      mark: 'Has it',
      sentence: `Checked every statement and took the ${noun} over.`,
    };
  if (members !== null && !members.includes(party.name))
    return {
      state: 'idle',
      mark: 'No part in it',
      sentence: onChain
        ? 'It holds no share of the key of this vault.'
        : 'The operation does not name it.',
    };
  const kept = keptWith[standing.kind];
  if (kept && standing.state === 'done') return { state: 'done', ...kept };
  if (over.has(standing.state))
    return { state: 'idle', mark: 'Not asked', sentence: 'The operation ended before its turn.' };
  if (members === null && party.cold === true)
    return {
      state: 'idle',
      mark: 'By document',
      sentence: `It has no network, so nothing here waits for it. A document to its site brings the ${noun}.`,
    };
  if (standing.needs.length === 0)
    return {
      state: 'ready',
      mark: 'Is handed it',
      sentence: `One person may state this ${noun}. It checks that for itself, and takes it over at once.`,
    };
  if (standing.state === 'waiting')
    return {
      state: 'ready',
      mark: 'Waits',
      sentence:
        'Has seen every statement and waits. It goes on by itself, unless somebody says no.',
    };
  const need = openNeeds(standing).find((open) => open.group === party.group);
  if (!need)
    return {
      state: 'idle',
      mark: 'Not asked',
      sentence: onChain
        ? `The rule asks nobody of ${group}, so it does not sign.`
        : `Nobody of ${group} has to state on this.`,
    };
  if (need.stated < need.people)
    return {
      state: 'waits',
      mark: `Waits for ${group}`,
      sentence: `Takes part only with a statement of ${group}, which it checks for itself.`,
    };
  if (onChain && signed.has(standing.state))
    return {
      state: 'done',
      mark: 'Signed',
      sentence: 'Checked every statement, decoded the transaction and took part in the signature.',
    };
  return {
    state: 'ready',
    mark: `${group} has stated`,
    sentence: 'Checks every statement again for itself before it takes part.',
  };
}
