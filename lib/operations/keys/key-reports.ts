/** What the parties said last about the keys they hold. Nobody has to believe it: parties check anew. */
import { z } from 'zod';
import type { Database } from '#lib/platform/db/client.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { loadColdReports } from './cold-shares.ts';

/** What two parties need to sign together with an ECDSA key, as one of them says. */
export const heldPair = z.looseObject({
  peer: z.string().max(64),
  state: z.enum(['set-up', 'used', 'banned', 'given-up']),
});
export type HeldPair = Pick<z.infer<typeof heldPair>, 'peer' | 'state'>;

const heldKey = z.looseObject({
  key: z.string(),
  epoch: z.number(),
  state: z.enum(['prepared', 'usable', 'lost']).catch('prepared'),
  epochs: z.array(z.looseObject({ epoch: z.number(), state: z.string() })).default([]),
  backedUpEpoch: z.number().nullable().default(null),
  /** Absent for keys that sign without pairs. */
  pairs: z.array(heldPair).max(16).nullable().catch(null).default(null),
  /** When this was so, where that is another instant than that of the whole report. */
  at: z.iso.datetime().nullable().default(null),
});

const report = z.object({
  ok: z.literal(true),
  status: z.looseObject({ keys: z.array(heldKey).max(1000).default([]) }),
});

export type HeldShare = {
  party: string;
  /** ISO instant of its newest report; null for a party that never gave one. */
  reportedAt: string | null;
  /** True where the party answered when it was asked last. */
  answers: boolean;
  /** `none` where the party says that it holds nothing of the key; `unknown` where it is silent. */
  state: 'usable' | 'prepared' | 'lost' | 'none' | 'unknown';
  epoch: number | null;
  /** Everything it keeps of the key, such as an epoch that retires. */
  epochs: { epoch: number; state: string }[];
  /** Highest epoch whose share is sealed for the custodians in force. */
  backedUpEpoch: number | null;
  /** With whom it can sign; null for keys that sign without pairs, and where it does not say. */
  pairs: HeldPair[] | null;
};

export type ReportRow = { party: string; at: Date; status: unknown };

/**
 * What parties with a network said themselves, and what the trips to cold ones left there. At most 16
 * parties are in a roster; those that left it may still have a row.
 */
export async function loadReports(db: Database | Tx): Promise<ReportRow[]> {
  const said = await db.partyReport.findMany({ orderBy: { party: 'asc' }, take: 64 });
  return [...said, ...(await loadColdReports(db))];
}

/** What each party of a key holds of it. Pure. */
export function sharesOf(
  key: string,
  parties: readonly string[],
  rows: readonly ReportRow[],
): HeldShare[] {
  return parties.map((party) => {
    const none = { party, epoch: null, epochs: [], backedUpEpoch: null, pairs: null };
    const row = rows.find((one) => one.party === party);
    if (!row) return { ...none, reportedAt: null, answers: false, state: 'unknown' };
    const reportedAt = row.at.toISOString();
    const read = report.safeParse(row.status);
    if (!read.success) return { ...none, reportedAt, answers: false, state: 'unknown' };
    const held = read.data.status.keys.find((one) => one.key === key);
    if (!held) return { ...none, reportedAt, answers: true, state: 'none' };
    const { epoch, state, epochs, backedUpEpoch, at, pairs } = held;
    return {
      party,
      reportedAt: at ?? reportedAt,
      answers: true,
      state,
      epoch,
      epochs: epochs.map((one) => ({ epoch: one.epoch, state: one.state })),
      backedUpEpoch,
      pairs: pairs && pairs.map((pair) => ({ peer: pair.peer, state: pair.state })),
    };
  });
}

/** The epoch in force: the newest that a party uses. Null while none says so. Pure. */
export function epochInForce(shares: readonly HeldShare[]): number | null {
  const used = shares.flatMap(({ epoch, state }) =>
    epoch !== null && (state === 'usable' || state === 'lost') ? [epoch] : [],
  );
  return used.length === 0 ? null : Math.max(...used);
}

/** How many shares of an epoch are sealed for custodians. Pure. */
export const backedUpAt = (shares: readonly HeldShare[], epoch: number | null): number =>
  epoch === null ? 0 : shares.filter(({ backedUpEpoch }) => backedUpEpoch === epoch).length;
