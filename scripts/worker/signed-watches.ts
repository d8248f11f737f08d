/**
 * The worker's look at what was signed with keys: reports to the authority, what the board signed, decisions in the
 * registers of clients and about people's requests, restrictions, legal holds, breaches, rules of retention and chains
 * that stand still, by the same rules as `npm run verify:signed`. It stands here because it brings areas together that know nothing of each other.
 */
import { CheckWatch, type Checking, type FaultFound } from '#lib/operations/worker/check-watch.ts';
import type { Context } from '#lib/platform/context.ts';
import type { Database } from '#lib/platform/db/client.ts';
import { Prisma } from '#lib/platform/db/generated/client.ts';
import { signedKinds } from '#lib/privacy/breaches/life.ts';
import {
  findEvidenceFaults,
  findPackFaults,
  withSignatures,
} from '../verify-signed/board-faults.ts';
import { findBreachFaults, withBreachDecided } from '../verify-signed/breach-faults.ts';
import { findChainDecisionFaults, withWords } from '../verify-signed/chain-decision-faults.ts';
import { countingIn } from '../verify-signed/counting-in.ts';
import { findDecisionFaults, withDecisions } from '../verify-signed/decision-faults.ts';
import { pressFaults } from '../verify-signed/find-press-fault.ts';
import { findHoldFaults, withLift } from '../verify-signed/hold-faults.ts';
import { keptFaults, type Fault } from '../verify-signed/kept.ts';
import { findReportFaults, withSteps, type CountingAt } from '../verify-signed/report-faults.ts';
import { findRequestFaults, withSigned } from '../verify-signed/request-faults.ts';
import { findRestrictionFaults, withLifting } from '../verify-signed/restriction-faults.ts';
import { findRetentionFaults, withDecided } from '../verify-signed/retention-faults.ts';

const sentences = { ...pressFaults, ...keptFaults };

/** Titles stay, so they name nobody. */
const found = ({ subject, what, fault }: Fault): FaultFound => ({
  key: `${what}: ${fault}`.slice(0, 300),
  title: `${subject}, ${what.replace(/ by \S+$/u, '')}: ${sentences[fault]}`.slice(0, 250),
});

type FaultsOf<Row> = (row: Row, at: CountingAt) => Promise<Fault[]>;

/** @param read nothing where it is gone; nothing of this can be deleted. */
function checking<Row>(
  subject: Checking['subject'],
  all: Prisma.Sql,
  read: (db: Database, id: string) => Promise<Row | null>,
  faultsOf: FaultsOf<Row>,
): Checking {
  return {
    subject,
    all,
    what: 'signature-unproved',
    logged: 'a key press is not proved',
    findFaults: async (db, id) => {
      const row = await read(db, id);
      if (row === null) return [];
      const faults = await faultsOf(row, countingIn(db));
      return faults.map(found);
    },
  };
}

/**
 * All of them, each by the newest event that was signed: notes and warnings change nothing of what keys prove, so a long
 * file isn't read again at each of them. What ends without any such event is looked at once a day.
 */
const signedOf = (what: 'hold' | 'breach', kinds: readonly string[]): Prisma.Sql => {
  const id = Prisma.raw(`${what}_id`);
  const events = Prisma.raw(`privacy_${what}_event`);
  return Prisma.sql`select ${id} as id, coalesce(max(seq) filter (where kind = any (${[...kinds]})), 0) as seen
    from ${events} group by ${id}`;
};

const checkings: readonly Checking[] = [
  checking(
    'report',
    Prisma.sql`select report_id as id, max(seq) as seen from incident_report_step group by report_id`,
    (db, id) => db.incidentReport.findUnique({ where: { id }, include: withSteps }),
    findReportFaults,
  ),
  checking(
    'pack',
    Prisma.sql`select p.id, (select count(*) from board_signature s where s.pack_id = p.id)
      + (select count(*) from board_approval a where a.pack_id = p.id) as seen from board_pack p`,
    (db, id) => db.boardPack.findUnique({ where: { id }, include: withSignatures }),
    findPackFaults,
  ),
  checking(
    'evidence',
    Prisma.sql`select id, 1 as seen from board_evidence`,
    (db, id) => db.boardEvidence.findUnique({ where: { id } }),
    findEvidenceFaults,
  ),
  checking(
    'decision',
    Prisma.sql`select case_id as id, max(seq) as seen from register_step
      where step in ('approved', 'accepted') group by case_id`,
    (db, id) => db.registerCase.findUnique({ where: { id }, select: withDecisions }),
    findDecisionFaults,
  ),
  checking(
    'request',
    Prisma.sql`select request_id as id, max(seq) as seen from privacy_request_event
      where kind in ('proposed', 'approved') group by request_id`,
    (db, id) => db.privacyRequest.findUnique({ where: { id }, select: withSigned }),
    findRequestFaults,
  ),
  checking(
    'restriction',
    Prisma.sql`select restriction_id as id, max(seq) as seen from person_restriction_event
      where kind in ('lift-proposed', 'lifted') group by restriction_id`,
    (db, id) => db.personRestriction.findUnique({ where: { id }, select: withLifting }),
    findRestrictionFaults,
  ),
  checking(
    'hold',
    signedOf('hold', ['lift-proposed', 'lifted']),
    (db, id) => db.privacyHold.findUnique({ where: { id }, select: withLift }),
    findHoldFaults,
  ),
  checking(
    'breach',
    signedOf('breach', signedKinds),
    (db, id) => db.privacyBreach.findUnique({ where: { id }, select: withBreachDecided }),
    findBreachFaults,
  ),
  checking(
    'retention',
    Prisma.sql`select run_id as id, count(*) as seen from retention_decision group by run_id`,
    (db, id) => db.retentionRun.findUnique({ where: { id }, select: withDecided }),
    findRetentionFaults,
  ),
  checking(
    'chain',
    Prisma.sql`select id, num_nonnulls(first_by, second_by, proved_at) as seen from chain_decision
      where first_document is not null or proved_at is not null`,
    (db, id) => db.chainDecision.findUnique({ where: { id }, select: withWords }),
    findChainDecisionFaults,
  ),
];

/** One for each kind of thing, by the name under which the worker reports it when it fails. */
export const signedWatches = (needs: Pick<Context, 'db' | 'clock'>) =>
  checkings.map((one) => {
    const watch = new CheckWatch(needs, one);
    return [`key presses: ${one.subject}`, () => watch.look()] as [string, () => Promise<unknown>];
  });
