/** The founders as whoever runs the installation sees them: who has enrolled, who has not. */
import type { Context } from '#lib/platform/context.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { ok, type Result } from '#lib/platform/result.ts';
import { findFoundersClosed, listFounders, type FoundersClosed } from './founders.ts';

export type FounderView = {
  displayName: string;
  roles: string[];
  group: string | null;
  status: string;
};

/** Refused once they have signed: then they are on the genesis page, and in the roster. */
export async function viewFounders(
  context: Context,
): Promise<Result<FounderView[], FoundersClosed>> {
  return inTransaction(context.db, async (tx) => {
    const closed = await findFoundersClosed(tx);
    if (closed) return closed;
    const founders = await listFounders(tx);
    return ok(
      founders.map(({ displayName, roles, group, status }) => ({
        displayName,
        roles,
        group,
        status,
      })),
    );
  });
}
