/** What the party's high-water marks say, and whether its database still has come that far. */
import { keysOf, type Party } from './party.ts';
import { auditHashAt, latestAudit } from './store/audit.ts';
import { StoreError } from './store/database.ts';
import {
  raiseAuditMark,
  readMarks,
  writeMarks,
  type AuditMark,
  type Marks,
} from './store/high-water.ts';
import type { KeyRecord } from './store/keys.ts';
import { headAt, type Trust } from './store/trust.ts';

const EMPTY = '0'.repeat(64);

function auditMark(party: Party): AuditMark {
  const [last] = latestAudit(party.database, 1);
  return { length: last?.seq ?? 0, head: last?.hash ?? EMPTY };
}

function marksOf(party: Party, trust = party.trust): Marks {
  return {
    audit: auditMark(party),
    trust: trust && {
      roster: { version: trust.roster.version, head: trust.rosterHead },
      policy: { version: trust.policy.version, head: trust.policyHead },
    },
    keys: keysOf(party).flatMap(({ key, epoch, ceremony, state }) =>
      state === 'prepared' || state === 'usable' ? [{ key, epoch, ceremony, state }] : [],
    ),
  };
}

/** A party that can't write down how far it came must not go on: everything fails until it is restarted. */
export function orStop(party: Party, work: () => void): void {
  try {
    work();
  } catch (error) {
    party.database.close();
    throw error;
  }
}

/** After the commit and before the answer, where roster, policy or keys changed. */
export function raiseMarks(party: Party): void {
  orStop(party, () => writeMarks(party.config.dataFolder, party.kek, marksOf(party)));
}

/**
 * Before the commit that replaces the last version of roster or policy, and which raises it again:
 * killed in between, the database is ahead of its mark, which is no fault.
 * @param before what was in force before that version.
 */
export function lowerTrustMark(party: Party, before: Trust): void {
  orStop(party, () => writeMarks(party.config.dataFolder, party.kek, marksOf(party, before)));
}

/** After the commit and before the answer, where only the party's own record grew. */
export function raiseRecordMark(party: Party): void {
  const { config, kek } = party;
  orStop(party, () =>
    raiseAuditMark(config.dataFolder, kek, auditMark(party), () => marksOf(party)),
  );
}

const older = (what: string): StoreError =>
  new StoreError(
    `${what} behind the high-water marks: the data folder holds an old copy, or rows were cut off. Put the newest database back.`,
  );

function checkTrust(party: Party, marked: NonNullable<Marks['trust']>): void {
  for (const kind of ['roster', 'policy'] as const) {
    const { version, head } = marked[kind];
    if (headAt(party.database, kind, version) !== head) throw older(`The ${kind} is`);
  }
}

/** A marked epoch is still there, has come further, or gave way to one in use that is later. */
function hasKey(records: readonly KeyRecord[], marked: Marks['keys'][number]): boolean {
  return records.some(({ key, epoch, ceremony, state }) => {
    if (key !== marked.key) return false;
    if (epoch > marked.epoch && state === 'usable') return true;
    if (epoch !== marked.epoch || ceremony !== marked.ceremony) return false;
    if (state === 'usable') return true;
    return marked.state === 'prepared' && (state === 'prepared' || state === 'superseded');
  });
}

/**
 * Called once, at the start; leaves the marks as high as the database has come.
 * @throws StoreError when the marks are gone, or anything marked is absent or lower.
 */
export function checkMarks(party: Party): void {
  const { database, config, kek } = party;
  const marks = readMarks(config.dataFolder, kek);
  const records = keysOf(party);
  if (!marks && (party.trust || records.length > 0))
    throw new StoreError('The high-water marks are missing. Put the file high-water.json back.');
  if (marks) {
    const { audit, trust } = marks;
    if (audit.length > 0 && auditHashAt(database, audit.length) !== audit.head)
      throw older("The party's own record is");
    if (trust) checkTrust(party, trust);
    if (!marks.keys.every((marked) => hasKey(records, marked))) throw older('A key is');
  }
  raiseMarks(party);
}
