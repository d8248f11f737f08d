/**
 * Verifies anew every key press on a report to the authority, a pack of the board, the evidence of its duties, a
 * decision in the registers of clients, a decision about a person's request, the lifting of a restriction and what was
 * decided about a chain that stood still.
 */
import type { Database } from '#lib/platform/db/client.ts';
import { findEvidenceFaults, findPackFaults, withSignatures } from './board-faults.ts';
import { findBreachFaults, isBreachDecided, withBreachDecided } from './breach-faults.ts';
import { findChainDecisionFaults, isSaidWithKeys, withWords } from './chain-decision-faults.ts';
import { countingIn } from './counting-in.ts';
import { findDecisionFaults, isDecided, withDecisions } from './decision-faults.ts';
import { findHoldFaults, isLifted, withLift } from './hold-faults.ts';
import type { Fault } from './kept.ts';
import { findReportFaults, withSteps, type CountingAt } from './report-faults.ts';
import { findRequestFaults, isSigned, withSigned } from './request-faults.ts';
import { findRestrictionFaults, isLifting, withLifting } from './restriction-faults.ts';
import { findRetentionFaults, isDecidedOn, withDecided } from './retention-faults.ts';

/** Read at a time: a report is up to a megabyte, and many years of them take no more memory than these. */
const PAGE = 20;

export type Looked = {
  reports: number;
  packs: number;
  evidence: number;
  decisions: number;
  requests: number;
  restrictions: number;
  /** Legal holds that were lifted, or are to be. */
  holds: number;
  /** Breaches of personal data about which something was signed. */
  breaches: number;
  /** Runs of retention about which somebody decided. */
  retention: number;
  /** Decisions about chains that stood still. */
  chains: number;
  faults: Fault[];
};

/** Reads and writes nothing. */
export async function findUnproved(db: Database): Promise<Looked> {
  const countingAt = countingIn(db);
  const faults: Fault[] = [];
  const page = (after: string | null) => ({
    orderBy: { id: 'asc' } as const,
    take: PAGE,
    where: after === null ? {} : { id: { gt: after } },
  });
  const each = async <Row extends { id: string }>(
    read: (after: string | null) => Promise<Row[]>,
    faultsOf: (row: Row, at: CountingAt) => Promise<Fault[]>,
  ): Promise<number> => {
    let seen = 0;
    for (let after: string | null = null; ;) {
      const rows = await read(after);
      for (const row of rows) faults.push(...(await faultsOf(row, countingAt)));
      seen += rows.length;
      const last = rows.at(-1);
      if (!last) return seen;
      after = last.id;
    }
  };
  const reports = await each(
    (after) => db.incidentReport.findMany({ ...page(after), include: withSteps }),
    findReportFaults,
  );
  const packs = await each(
    (after) => db.boardPack.findMany({ ...page(after), include: withSignatures }),
    findPackFaults,
  );
  const evidence = await each(
    (after) => db.boardEvidence.findMany(page(after)),
    findEvidenceFaults,
  );
  const decisions = await each((after) => {
    const { where, ...rest } = page(after);
    return db.registerCase.findMany({
      ...rest,
      where: { ...isDecided, ...where },
      select: withDecisions,
    });
  }, findDecisionFaults);
  const requests = await each((after) => {
    const { where, ...rest } = page(after);
    return db.privacyRequest.findMany({
      ...rest,
      where: { ...isSigned, ...where },
      select: withSigned,
    });
  }, findRequestFaults);
  const restrictions = await each((after) => {
    const { where, ...rest } = page(after);
    return db.personRestriction.findMany({
      ...rest,
      where: { ...isLifting, ...where },
      select: withLifting,
    });
  }, findRestrictionFaults);
  const holds = await each((after) => {
    const { where, ...rest } = page(after);
    return db.privacyHold.findMany({ ...rest, where: { ...isLifted, ...where }, select: withLift });
  }, findHoldFaults);
  const breaches = await each((after) => {
    const { where, ...rest } = page(after);
    return db.privacyBreach.findMany({
      ...rest,
      where: { ...isBreachDecided, ...where },
      select: withBreachDecided,
    });
  }, findBreachFaults);
  const retention = await each((after) => {
    const { where, ...rest } = page(after);
    return db.retentionRun.findMany({
      ...rest,
      where: { ...isDecidedOn, ...where },
      select: withDecided,
    });
  }, findRetentionFaults);
  const chains = await each((after) => {
    const { where, ...rest } = page(after);
    return db.chainDecision.findMany({
      ...rest,
      where: { ...isSaidWithKeys, ...where },
      select: withWords,
    });
  }, findChainDecisionFaults);
  return {
    reports,
    packs,
    evidence,
    decisions,
    requests,
    restrictions,
    holds,
    breaches,
    retention,
    chains,
    faults,
  };
}
