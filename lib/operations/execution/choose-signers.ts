/** Which parties sign a withdrawal: one for each group whose people had to state. Pure. */
import type { PartyClient } from '#lib/mpc/client/party-client.ts';
import { requirementFloor } from '#lib/protocol/policy-faults.ts';
import type { Group, Roster, RosterParty } from '#lib/protocol/roster.ts';
import type { Stop } from '../change-state.ts';
import { groupName } from '../group-names.ts';

/** Approvers' and co-signers': no policy lets a withdrawal go with less. */
const signingGroups: readonly Group[] = [
  ...new Set(requirementFloor.withdrawal.map(({ group }) => group)),
];

/** Parties of a group that hold a share and can be asked at once: nobody asks a cold one over a network. */
const withNetwork = (
  { parties }: Pick<Roster, 'parties'>,
  members: readonly string[],
  group: Group,
): RosterParty[] =>
  parties.filter(
    (party) => party.group === group && party.cold !== true && members.includes(party.name),
  );

/**
 * Whether people must carry a document to a cold party for a signature of this key: always for the key
 * of a cold vault, and for one with a cold member only where those with a network don't do.
 */
export function needsTrip(roster: Pick<Roster, 'parties'>, members: readonly string[]): boolean {
  const hasCold = roster.parties.some(({ name, cold }) => cold === true && members.includes(name));
  return hasCold && signingGroups.some((group) => withNetwork(roster, members, group).length === 0);
}

/**
 * A party's group is the roster's to say; its name says nothing. Parties that are meant to be on
 * come first, then the lowest index, so that a repeat asks the same ones.
 * @param of.members names of the parties that hold a share of the vault's key.
 */
export function chooseSigners<C extends Pick<PartyClient, 'name' | 'expected'>>(of: {
  roster: Pick<Roster, 'parties'>;
  members: readonly string[];
  clients: readonly C[];
}): { ok: true; value: C[] } | { ok: false; stop: Stop } {
  const chosen: C[] = [];
  for (const group of signingGroups) {
    const [signer] = withNetwork(of.roster, of.members, group)
      .toSorted((a, b) => a.index - b.index)
      .flatMap(({ name }) => of.clients.filter((client) => client.name === name))
      .toSorted((a, b) => Number(a.expected === 'offline') - Number(b.expected === 'offline'));
    if (!signer) return { ok: false, stop: noParty(group) };
    chosen.push(signer);
  }
  return { ok: true, value: chosen };
}

const noParty = (group: Group): Stop => ({
  code: 'no-party-for-group',
  party: null,
  sentence: `The worker knows no party that signs for ${groupName(group)} with this vault’s key. Add it to the worker’s list of parties by the name it has in the roster; then the raiser starts a new attempt.`,
});
