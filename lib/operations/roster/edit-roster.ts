/** The next roster from the one in force and one change. Pure; whether it is sound is asked apart. */
import { ok, refuse, type Refused, type Result } from '#lib/platform/result.ts';
import type { Roster, RosterPerson } from '#lib/protocol/roster.ts';
import type { RosterChange } from './change.ts';
import { editCustodians } from './edit-custodians.ts';

export type EditRefusal =
  | 'person-unknown'
  | 'key-unknown'
  | 'key-revoked'
  | 'party-unknown'
  | 'end-past'
  | 'nothing-changes'
  | 'lends-group'
  | 'keeps-shares'
  | 'delegation-to-self'
  | 'giver-without-group'
  | 'has-own-group'
  | 'not-officer'
  | 'delegation-unknown'
  | 'record-unreadable'
  | 'record-foreign';

type Edit<K extends RosterChange['what']> = Extract<RosterChange, { what: K }>;
type Edited = Result<Roster, EditRefusal>;

const withPerson = (roster: Roster, person: RosterPerson): Roster => ({
  ...roster,
  people: roster.people.map((before) => (before.id === person.id ? person : before)),
});

/** An empty list and none are the same thing; the digest should be, too. */
function withDelegations(roster: Roster, delegations: NonNullable<Roster['delegations']>): Roster {
  const { delegations: _before, ...rest } = roster;
  return delegations.length === 0 ? rest : { ...rest, delegations };
}

const unknown = (): Refused<EditRefusal> =>
  refuse('person-unknown', 'This person is not in the roster in force. Reload the page.');

/** The next version's content; version and predecessor are the caller's. @param now for end dates. */
export function editRoster(roster: Roster, change: RosterChange, now: Date): Edited {
  const notAfter = 'notAfter' in change ? change.notAfter : null;
  if (notAfter !== null && Date.parse(notAfter) <= now.getTime())
    return refuse('end-past', 'The end has passed already. Choose a later one.');
  switch (change.what) {
    case 'seat':
      return editSeat(roster, change);
    case 'person-end':
      return editPersonEnd(roster, change);
    case 'key-end':
      return editKeyEnd(roster, change);
    case 'remove':
      return removePerson(roster, change);
    case 'delegate':
      return delegate(roster, change);
    case 'end-delegation':
      return endDelegation(roster, change);
    case 'custodians':
    case 'end-custodians':
      return editCustodians(roster, change);
  }
}

function editSeat(roster: Roster, { person: id, roles, group }: Edit<'seat'>): Edited {
  const person = roster.people.find((one) => one.id === id);
  if (!person) return unknown();
  const lends = roster.delegations?.some(({ from }) => from === id) ?? false;
  if (group === null && lends)
    return refuse(
      'lends-group',
      'Somebody stands in for this person, so they need a group to give. End the delegation first.',
    );
  return ok(withPerson(roster, { ...person, roles: [...new Set(roles)], group }));
}

function editPersonEnd(roster: Roster, { person: id, notAfter }: Edit<'person-end'>): Edited {
  const person = roster.people.find((one) => one.id === id);
  if (!person) return unknown();
  const { notAfter: _before, ...rest } = person;
  return ok(withPerson(roster, notAfter === null ? rest : { ...rest, notAfter }));
}

function editKeyEnd(roster: Roster, change: Edit<'key-end'>): Edited {
  const { person: id, credential, notAfter } = change;
  const person = roster.people.find((one) => one.id === id);
  if (!person) return unknown();
  const key = person.credentials.find((one) => one.id === credential);
  if (!key) return refuse('key-unknown', 'This person has no such key in the roster in force.');
  if (key.revokedAt !== null)
    return refuse('key-revoked', 'This key is revoked, so an end changes nothing any more.');
  const credentials = person.credentials.map((one) => (one === key ? { ...key, notAfter } : one));
  return ok(withPerson(roster, { ...person, credentials }));
}

function removePerson(roster: Roster, { person: id }: Edit<'remove'>): Edited {
  if (!roster.people.some((one) => one.id === id)) return unknown();
  const backup = roster.backups?.find(({ custodians }) => custodians.includes(id));
  if (backup)
    return refuse(
      'keeps-shares',
      `This person keeps a part of group ${backup.id}. Make a new group of custodians and name it first.`,
    );
  const stays = roster.delegations?.filter(({ from, to }) => from !== id && to !== id) ?? [];
  const people = roster.people.filter((one) => one.id !== id);
  return ok(withDelegations({ ...roster, people }, stays));
}

function delegate(roster: Roster, { from, to, notAfter }: Edit<'delegate'>): Edited {
  const giver = roster.people.find(({ id }) => id === from);
  const taker = roster.people.find(({ id }) => id === to);
  if (!giver || !taker) return unknown();
  if (from === to) return refuse('delegation-to-self', 'Nobody stands in for themselves.');
  if (giver.group === null)
    return refuse('giver-without-group', 'Whom they stand in for acts for no group.');
  if (taker.group !== null)
    return refuse(
      'has-own-group',
      'Whoever stands in for somebody must act for no group of their own. Choose somebody else.',
    );
  if (!taker.roles.includes('officer'))
    return refuse('not-officer', 'Only a custody officer decides. Give them that role first.');
  const others = (roster.delegations ?? []).filter((one) => one.from !== from || one.to !== to);
  return ok(withDelegations(roster, [...others, { from, to, notAfter }]));
}

function endDelegation(roster: Roster, { from, to }: Edit<'end-delegation'>): Edited {
  const before = roster.delegations ?? [];
  const stays = before.filter((one) => one.from !== from || one.to !== to);
  if (stays.length === before.length)
    return refuse(
      'delegation-unknown',
      'There is no such delegation in the roster in force. Reload the page.',
    );
  return ok(withDelegations(roster, stays));
}
