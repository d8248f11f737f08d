/** Records of one register of data protection, a page at a time. */
import type { Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { dayOf } from '#lib/platform/days.ts';
import { Prisma } from '#lib/platform/db/generated/client.ts';
import { inSnapshot } from '#lib/platform/db/snapshot.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { ok, type Result } from '#lib/platform/result.ts';
import { lacksReading, mayWrite } from '#lib/resilience/records/kind-scopes.ts';
import type { PrivacyKind } from '#lib/resilience/records/kinds.ts';
import {
  listFilter,
  loadPage,
  type ListFilter,
  type RecordPage,
} from '#lib/resilience/records/list-records.ts';
import { findAll } from './find-all.ts';
import { findingKind, isFindingCode } from './finding-words.ts';
import { loadRegisters } from './load-registers.ts';

export type RegisterFilter = Omit<ListFilter, 'found'> & {
  kind: PrivacyKind;
  /** Only records in which this is found: a code, or `any`. Anything else finds none. */
  finding?: string | null;
};

/** The records of a register as its list shows them. */
export async function listRegister(
  actor: Actor,
  { finding = null, ...filter }: RegisterFilter,
  context: Context,
): Promise<Result<RecordPage>> {
  const refused = lacksReading(actor, 'privacy');
  if (refused) return refused;
  const asked = listFilter.parse(filter);
  const today = dayOf(context.clock());
  return inSnapshot(context.db, async (tx) => {
    const only = finding === null ? null : await foundIn(tx, filter.kind, finding, today);
    return ok(await loadPage(tx, asked, only));
  });
}

/** Whether the actor keeps these registers, for screens. */
export const mayWriteRegisters = (actor: Actor): boolean => mayWrite(actor, 'privacy');

async function foundIn(
  tx: Tx,
  kind: PrivacyKind,
  finding: string,
  today: string,
): Promise<Prisma.Sql> {
  if (finding !== 'any' && !isFindingCode(finding)) return Prisma.sql`false`;
  const found = findAll(await loadRegisters(tx), today).filter(
    ({ code }) => findingKind(code) === kind && (finding === 'any' || code === finding),
  );
  const ids = [...new Set(found.map(({ record }) => record))];
  return Prisma.sql`c.record_id = any (${ids}::uuid[])`;
}
