/** Who counted at a moment in the past: the rosters in force, and keys that had been ended although one named them. */
import { loadRosterAt } from '#lib/operations/trust.ts';
import type { Database } from '#lib/platform/db/client.ts';
import type { Roster } from '#lib/protocol/roster.ts';
import { graceMs, type Counting } from './find-signer.ts';

/** Asked for one moment after the other, it reads each roster once. */
export class WhoCounted {
  readonly #db: Database;
  readonly #rosters = new Map<number, Roster>();

  constructor(db: Database) {
    this.#db = db;
  }

  /** @param at by the clock of the database, in milliseconds since 1970. @param people whose ended keys are looked for. */
  async at(at: number, people: readonly string[]): Promise<Counting> {
    const versions = new Set(
      await Promise.all([at, at - graceMs].map((one) => this.#inForce(one))),
    );
    const rosters: Roster[] = [];
    for (const version of versions) {
      const roster = version === null ? null : await this.#roster(version);
      if (roster) rosters.push(roster);
    }
    return { rosters, ended: await this.#endedKeys(people, rosters, new Date(at - graceMs)) };
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
    people: readonly string[],
    rosters: readonly Roster[],
    by: Date,
  ): Promise<ReadonlySet<string>> {
    const rows = await this.#db.revocation.findMany({
      where: { personId: { in: [...people] }, revokedAt: { lte: by } },
      select: { personId: true, credentialId: true },
    });
    const named = rosters.flatMap((roster) => roster.people);
    return new Set(
      rows.flatMap(({ personId, credentialId }) =>
        credentialId === null
          ? named
              .filter(({ id }) => id === personId)
              .flatMap(({ credentials }) => credentials.map(({ id }) => id))
          : [credentialId],
      ),
    );
  }
}
