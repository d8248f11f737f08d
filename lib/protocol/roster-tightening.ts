/** Whether a new roster only takes something away: then nobody gains a say, and no wait is due. */
import { digestOf } from './intent.ts';
import type { Roster, RosterCredential, RosterPerson } from './roster.ts';

const endOf = (instant: string | null | undefined): number =>
  instant === null || instant === undefined ? Infinity : Date.parse(instant);

function credentialTightens(
  before: RosterCredential | undefined,
  after: RosterCredential,
): boolean {
  if (!before) return false;
  const same =
    before.publicKey === after.publicKey &&
    before.backupEligible === after.backupEligible &&
    before.software === after.software;
  const revokedStays = before.revokedAt === null || after.revokedAt !== null;
  return same && revokedStays && endOf(after.notAfter) <= endOf(before.notAfter);
}

function personTightens(before: RosterPerson | undefined, after: RosterPerson): boolean {
  if (!before) return false;
  return (
    after.roles.every((role) => before.roles.includes(role)) &&
    (after.group === null || after.group === before.group) &&
    endOf(after.notAfter) <= endOf(before.notAfter) &&
    after.credentials.every((key) =>
      credentialTightens(
        before.credentials.find(({ id }) => id === key.id),
        key,
      ),
    )
  );
}

/**
 * Whoever speaks in the place of several is one voice with each of them, so they keep all of these
 * delegations or none: with one less, two people would count who counted as one.
 */
function delegationsTighten(current: Roster, next: Roster): boolean {
  const [before, after] = [current.delegations ?? [], next.delegations ?? []];
  const borrowers = new Set(after.map(({ to }) => to));
  return (
    after.every((given) =>
      before.some(
        ({ from, to, notAfter }) =>
          from === given.from && to === given.to && endOf(given.notAfter) <= endOf(notAfter),
      ),
    ) &&
    before.every(
      (given) =>
        !borrowers.has(given.to) ||
        after.some(({ from, to }) => from === given.from && to === given.to),
    )
  );
}

/** True when nobody in the next version may do anything they could not do before. */
export function rosterTightens(current: Roster, next: Roster): boolean {
  return (
    digestOf(next.relyingParty) === digestOf(current.relyingParty) &&
    digestOf(next.parties) === digestOf(current.parties) &&
    digestOf(next.backups ?? []) === digestOf(current.backups ?? []) &&
    next.people.every((person) =>
      personTightens(
        current.people.find(({ id }) => id === person.id),
        person,
      ),
    ) &&
    delegationsTighten(current, next)
  );
}
