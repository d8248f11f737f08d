/** What each person of a roster may do, grant by grant, and which grants nobody uses. Pure. */
import { roleNames } from '#lib/identity/roles.ts';
import type { Group, Role, Roster, RosterPerson } from '#lib/protocol/roster.ts';
import { groupName } from '../group-names.ts';

/** A grant that nobody used for so long is listed as dormant. */
export const dormantAfterDays = 90;
const dayMs = 86_400_000;

export type GrantWhat = 'roles' | 'group' | 'delegation' | 'custodian';

export type Grant = {
  what: GrantWhat;
  /** Short and exact; reviews record it. */
  name: string;
  /** What it lets the person do. */
  means: string;
  /** ISO; null where no roster on record says. */
  since: string | null;
  /** ISO; null for a grant without an end. */
  notAfter: string | null;
  /** ISO; null for one that was never used. */
  lastUse: string | null;
  /** False for a grant whose use leaves no trace here, such as keeping a part of a sealed share. */
  isMeasured: boolean;
};

export type GrantState = 'expired' | 'dormant' | 'in-use';

/** When a grant stood in a roster first, and what the person last did by it. */
export type GrantRecords = {
  since: (person: string, what: GrantWhat, of: string) => string | null;
  /** When the person was seen here last. */
  seen: (person: string) => string | null;
  /** When the person last approved or co-signed. */
  decided: (person: string) => string | null;
  nameOf: (person: string) => string;
};

const roleMeans: Readonly<Record<Role, string>> = {
  officer: 'raises operations, and decides on them for a group',
  administrator: 'invites people, ends access, raises changes of the roster and the policy',
  dpo: 'reads operations and people',
  manager: 'reads operations, vaults, ledger and people',
  auditor: 'reads operations, vaults, ledger and people',
};

const groupMeans: Readonly<Record<Group, string>> = {
  control: 'approves: “this is right”',
  custody: 'co-signs: “do it”',
  recovery: 'takes part in key ceremonies and recovery',
};

const sentence = (parts: readonly string[]): string => {
  const text = parts.join('; ');
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
};

/** Every grant of a person by the roster in force, in the order people read them. */
export function grantsOf(roster: Roster, person: RosterPerson, records: GrantRecords): Grant[] {
  const { id, roles, group } = person;
  const notAfter = person.notAfter ?? null;
  const grants: Grant[] = [
    {
      what: 'roles',
      name: roles.map((role) => roleNames[role]).join(', '),
      means: sentence(roles.map((role) => roleMeans[role])),
      since: records.since(id, 'roles', [...roles].toSorted().join(' ')),
      notAfter,
      lastUse: records.seen(id),
      isMeasured: true,
    },
  ];
  if (group !== null)
    grants.push({
      what: 'group',
      name: `Group ${groupName(group)}`,
      means: sentence([groupMeans[group]]),
      since: records.since(id, 'group', group),
      notAfter,
      lastUse: records.decided(id),
      isMeasured: true,
    });
  for (const { from, to, notAfter: end } of roster.delegations ?? [])
    if (to === id)
      grants.push({
        what: 'delegation',
        name: `Stands in for ${records.nameOf(from)}`,
        means: 'Decides for the group of whom they stand in for.',
        since: records.since(id, 'delegation', from),
        notAfter: end,
        lastUse: records.decided(id),
        isMeasured: true,
      });
  for (const { id: name, party, threshold, custodians } of roster.backups ?? [])
    if (custodians.includes(id))
      grants.push({
        what: 'custodian',
        name: `Custodian of ${name}`,
        means: `Keeps a part; any ${threshold} of ${custodians.length} open the share of party ${party}.`,
        since: records.since(id, 'custodian', name),
        notAfter: null,
        lastUse: null,
        isMeasured: false,
      });
  return grants;
}

/** What was granted a moment ago and not used yet is not dormant; that takes as long as a pause does. */
export function grantState(grant: Grant, now: Date, days = dormantAfterDays): GrantState {
  const { notAfter, isMeasured, lastUse, since } = grant;
  if (notAfter !== null && Date.parse(notAfter) <= now.getTime()) return 'expired';
  if (!isMeasured) return 'in-use';
  const newest = Math.max(
    lastUse === null ? 0 : Date.parse(lastUse),
    since === null ? 0 : Date.parse(since),
  );
  return now.getTime() - newest > days * dayMs ? 'dormant' : 'in-use';
}

/** Start of the calendar quarter, UTC. */
export const quarterStart = (now: Date): Date =>
  new Date(Date.UTC(now.getUTCFullYear(), Math.floor(now.getUTCMonth() / 3) * 3, 1));

/** What a review records of a grant: changed grants are looked at anew. */
export const recordedGrants = (grants: readonly Grant[]): string[] =>
  grants.map(({ what, name, notAfter }) => `${what}: ${name}, until ${notAfter ?? 'no end'}`);
