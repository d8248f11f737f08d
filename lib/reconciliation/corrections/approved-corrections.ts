/** Approved corrections as they are verified: with their statements, their journal and who counted then. */
import { loadRosterAt } from '#lib/operations/trust.ts';
import type { Database } from '#lib/platform/db/client.ts';
import type { Prisma } from '#lib/platform/db/generated/client.ts';
import type { Roster } from '#lib/protocol/roster.ts';
import { findApprovalFault, graceMs, type ApprovalFault } from './find-approval-fault.ts';

export const withProof = {
  events: {
    where: { what: { in: ['raised', 'approved'] } },
    select: { what: true, actor: true, statement: true },
  },
  posted: { select: { postedAt: true, contentDigest: true } },
} satisfies Prisma.LedgerCorrectionInclude;

export type WithProof = Prisma.LedgerCorrectionGetPayload<{ include: typeof withProof }>;

/** Verifies one correction after the other, and reads each roster once. */
export class ApprovalVerifier {
  readonly #db: Database;
  readonly #rosters = new Map<number, Roster>();

  constructor(db: Database) {
    this.#db = db;
  }

  /** @returns null where two people signed it, by the keys that the roster of that moment gives them. */
  async findFault(correction: WithProof): Promise<ApprovalFault | null> {
    const at = correction.posted?.postedAt.getTime() ?? 0;
    const versions = new Set(
      await Promise.all([at, at - graceMs].map((one) => this.#inForce(one))),
    );
    const rosters: Roster[] = [];
    for (const version of versions) {
      const roster = version === null ? null : await this.#roster(version);
      if (roster) rosters.push(roster);
    }
    return findApprovalFault(correction, {
      rosters,
      ended: await this.#endedKeys(correction, rosters, new Date(at - graceMs)),
    });
  }

  async #inForce(at: number): Promise<number | null> {
    const row = await this.#db.rosterVersion.findFirst({
      where: { adoptedAt: { lte: new Date(at) } },
      orderBy: { version: 'desc' },
      select: { version: true },
    });
    return row?.version ?? null;
  }

  async #roster(version: number): Promise<Roster | null> {
    const known = this.#rosters.get(version) ?? (await loadRosterAt(this.#db, version));
    if (known) this.#rosters.set(version, known);
    return known;
  }

  /** Keys that somebody ended before any roster did: those named, and all that a person has. */
  async #endedKeys(
    { raisedBy, endedBy }: WithProof,
    rosters: readonly Roster[],
    by: Date,
  ): Promise<ReadonlySet<string>> {
    const rows = await this.#db.revocation.findMany({
      where: { personId: { in: [raisedBy, endedBy ?? ''] }, revokedAt: { lte: by } },
      select: { personId: true, credentialId: true },
    });
    const people = rosters.flatMap((roster) => roster.people);
    return new Set(
      rows.flatMap(({ personId, credentialId }) =>
        credentialId === null
          ? people
              .filter(({ id }) => id === personId)
              .flatMap(({ credentials }) => credentials.map(({ id }) => id))
          : [credentialId],
      ),
    );
  }
}
