/** The registers of data protection at a glance: how many records there are, and what is missing or wrong. */
import { lacksReading, mayWrite } from '#lib/resilience/records/kind-scopes.ts';
import { kindsOf, type PrivacyKind } from '#lib/resilience/records/kinds.ts';
import type { Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { dayOf } from '#lib/platform/days.ts';
import { inSnapshot } from '#lib/platform/db/snapshot.ts';
import { ok, type Result } from '#lib/platform/result.ts';
import { findAll } from './find-all.ts';
import {
  findingCodes,
  findingKind,
  findingWeight,
  type FindingCode,
  type Weight,
} from './finding-words.ts';
import type { Found } from './found.ts';
import { loadRegisters } from './load-registers.ts';

export type FindingCount = {
  code: FindingCode;
  kind: PrivacyKind | 'contract';
  weight: Weight;
  /** Records in which it is found; the list behind it has as many lines. */
  count: number;
};

export type RegistersView = {
  /** Yyyy-mm-dd. */
  today: string;
  /** Records in use of each kind, and in how many of them anything is found. */
  kinds: { kind: PrivacyKind; count: number; open: number }[];
  counts: FindingCount[];
  /** Findings first, at most `shownMax`. */
  shown: Found[];
  findings: number;
  warnings: number;
  canWrite: boolean;
};

const shownMax = 50;

/** Reckoned anew each time: the registers hold hundreds of records, not thousands. */
export async function viewRegisters(
  actor: Actor,
  context: Context,
): Promise<Result<RegistersView>> {
  const refused = lacksReading(actor, 'privacy');
  if (refused) return refused;
  const today = dayOf(context.clock());
  return inSnapshot(context.db, async (tx) => {
    const registers = await loadRegisters(tx);
    const found = findAll(registers, today);
    return ok({
      today,
      kinds: kindsOf.privacy.map((kind) => ({
        kind,
        count: registers[kind].length,
        open: recordsOf(found.filter(({ code }) => findingKind(code) === kind)),
      })),
      counts: countFound(found),
      shown: found
        .toSorted((a, b) => Number(a.weight === 'warning') - Number(b.weight === 'warning'))
        .slice(0, shownMax),
      findings: found.filter(({ weight }) => weight === 'finding').length,
      warnings: found.filter(({ weight }) => weight === 'warning').length,
      canWrite: mayWrite(actor, 'privacy'),
    });
  });
}

/** In how many records something is found. */
const recordsOf = (found: readonly Found[]): number =>
  new Set(found.map(({ record }) => record)).size;

/** In how many records each is found, in the order of the table of words. */
export const countFound = (found: readonly Found[]): FindingCount[] =>
  findingCodes
    .map((code) => ({
      code,
      kind: findingKind(code),
      weight: findingWeight(code),
      count: recordsOf(found.filter((one) => one.code === code)),
    }))
    .filter(({ count }) => count > 0);
