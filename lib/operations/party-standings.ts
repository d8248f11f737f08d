/**
 * Where each party stands towards an operation: what the console expects by its own record, and what
 * the party said by itself. The two are kept apart, because the console can be wrong about a party. Pure.
 */
import type { Roster } from '#lib/protocol/roster.ts';
import { signsForVault } from './cold/trip-time.ts';
import { kindFacts } from './kinds.ts';
import { groupName } from './group-names.ts';
import type { PartyWord } from './party-words.ts';
import { inWords } from './policy-words.ts';
import { openNeeds, type Standing } from './standing.ts';

export type PartyStanding = {
  name: string;
  /** waits: its group has not stated; ready: it has; done: it took part; refused: it said no; idle: not asked. */
  state: 'waits' | 'ready' | 'done' | 'refused' | 'idle';
  /** A few words for the right of the row. */
  mark: string;
  /** What the console has on record or expects; never what the party thinks. */
  sentence: string;
  /** ISO instant of the record that the sentence speaks of; null where it is no event. */
  recordedAt: string | null;
  isCold: boolean;
  /** What the party said when it was asked last; null where it takes no part. */
  word: PartyWord | null;
};

export type PartyFacts = {
  roster: Roster | null;
  /** Parties whose signed answer that they took it over is on record, with its ISO instant. */
  adopted: ReadonlyMap<string, string>;
  stop: { party: string | null; sentence: string; at: string } | null;
  /** Parties with a share of its key; null for a kind that moves no share, which every party adopts. */
  members: readonly string[] | null;
  /** Shares that make a signature; null where no key of a vault is used. */
  threshold: number | null;
  words: ReadonlyMap<string, PartyWord>;
};

type Told = Pick<PartyStanding, 'state' | 'mark' | 'sentence'> & { recordedAt?: string };

const over: ReadonlySet<string> = new Set(['rejected', 'cancelled', 'expired', 'failed']);
const signed: ReadonlySet<string> = new Set(['signed', 'broadcast', 'confirmed']);

export function partyStandings(standing: Standing, facts: PartyFacts): PartyStanding[] {
  const parties = facts.roster?.parties ?? [];
  return parties.map((party) => {
    const told = standingOfParty(standing, facts, party);
    return {
      name: party.name,
      isCold: party.cold === true,
      recordedAt: null,
      ...told,
      word: told.state === 'idle' ? null : (facts.words.get(party.name) ?? null),
    };
  });
}

const confirmed = 'By the record here it confirmed its part before this was done.';

/** What a party confirmed to the worker before an operation on a key was done. */
const keptWith: Readonly<Partial<Record<Standing['kind'], { mark: string; sentence: string }>>> = {
  'key-ceremony': { mark: 'Holds a share', sentence: confirmed },
  'key-refresh': { mark: 'Uses the new epoch', sentence: confirmed },
  'key-repair': { mark: 'Did its part', sentence: confirmed },
  'key-backup': { mark: 'Share sealed', sentence: confirmed },
};

function standingOfParty(
  standing: Standing,
  facts: PartyFacts,
  party: Roster['parties'][number],
): Told {
  const { adopted, stop } = facts;
  const { noun } = kindFacts[standing.kind];
  if (stop?.party === party.name)
    return { state: 'refused', mark: 'Refused', sentence: stop.sentence, recordedAt: stop.at };
  const adoptedAt = adopted.get(party.name);
  if (adoptedAt !== undefined)
    return {
      state: 'done',
      mark: 'Has it',
      sentence: `Its signed answer says that it took the ${noun} over.`,
      recordedAt: adoptedAt,
    };
  return (
    withoutPart(standing, facts, party) ??
    beforeStatements(standing, facts, party) ??
    afterStatements(standing, facts, party)
  );
}

/** A party that no rule or key asks for anything, or whose turn never comes. */
function withoutPart(
  standing: Standing,
  { members }: PartyFacts,
  party: Roster['parties'][number],
): Told | null {
  const { noun } = kindFacts[standing.kind];
  const signs = signsForVault(standing.kind);
  if (members !== null && !members.includes(party.name))
    return {
      state: 'idle',
      mark: 'No part in it',
      sentence: signs
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
  return null;
}

/** While it is for people, or for nobody, to state. */
function beforeStatements(
  standing: Standing,
  { members }: PartyFacts,
  party: Roster['parties'][number],
): Told | null {
  const group = groupName(party.group);
  const { noun } = kindFacts[standing.kind];
  const signs = signsForVault(standing.kind);
  if (standing.needs.length === 0)
    return {
      state: 'ready',
      mark: 'Is handed it',
      sentence: `One person may state this ${noun}. It checks that for itself; its answer is not here yet.`,
    };
  if (standing.state === 'waiting' && members === null) return null;
  const need = openNeeds(standing).find((open) => open.group === party.group);
  if (!need && members === null)
    return {
      state: 'ready',
      mark: 'Takes it over too',
      sentence: `Nobody of ${group} has to state. It checks what the others stated before it takes the ${noun} over.`,
    };
  if (!need)
    return {
      state: 'idle',
      mark: 'Not asked',
      sentence: signs
        ? `The rule asks nobody of ${group}, so it does not sign.`
        : `Nobody of ${group} has to state on this.`,
    };
  if (need.stated < need.people)
    return {
      state: 'waits',
      mark: `Waits for ${group}`,
      sentence: `Takes part only with a statement of ${group}, which it checks for itself.`,
    };
  return null;
}

/** Everything it needs is stated: what should happen there, and what it says of it. */
function afterStatements(
  standing: Standing,
  facts: PartyFacts,
  party: Roster['parties'][number],
): Told {
  const group = groupName(party.group);
  const word = facts.words.get(party.name);
  if (standing.state === 'waiting')
    return word?.waitsUntil
      ? {
          state: 'ready',
          mark: 'Says it waits',
          sentence: 'It should go on by itself when its wait is over, unless somebody says no.',
        }
      : {
          state: 'ready',
          mark: 'Should wait',
          sentence:
            'It was to be handed every statement and then to wait. It should go on by itself, unless somebody says no.',
        };
  const isSigned =
    signed.has(standing.state) ||
    (standing.kind === 'proof-of-control' && standing.state === 'done');
  if (!signsForVault(standing.kind) || !isSigned)
    return {
      state: 'ready',
      mark: `${group} has stated`,
      sentence: 'It checks every statement for itself before it takes part.',
    };
  if (word?.hasSigned)
    return { state: 'done', mark: 'Says it signed', sentence: signatureWords(facts) };
  return {
    state: 'ready',
    mark: isSureToSign(standing, facts) ? 'Chosen to sign' : 'May have signed',
    sentence: signatureWords(facts),
  };
}

/** What a signature that verifies tells of who made it. */
const signatureWords = ({ members, threshold }: PartyFacts): string =>
  `The signature verifies under the vault’s key. ${threshold === null ? 'Enough' : `Any ${threshold}`} of ${inWords(members ?? [])} make one, and it does not tell which did.`;

/** Each party signs only where its group is asked, so as many as are needed must all have. */
function isSureToSign({ needs }: Standing, { roster, members, threshold }: PartyFacts): boolean {
  const able = (roster?.parties ?? []).filter(
    ({ name, group }) => members?.includes(name) && needs.some((need) => need.group === group),
  );
  return able.length === threshold;
}
