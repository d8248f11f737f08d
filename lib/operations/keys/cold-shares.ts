/**
 * What cold parties hold of a key. Nobody can ask them, so it is what the trips that are done left
 * there. A share that was lost at a site since is told by the next trip to it.
 */
import type { Database } from '#lib/platform/db/client.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { intent as intentSchema, type Intent } from '#lib/protocol/intent.ts';
import type { Roster } from '#lib/protocol/roster.ts';
import { loadRoster } from '../trust.ts';
import { coldArchivesOf, type ColdArchive } from './cold-archives.ts';
import type { ReportRow } from './key-reports.ts';
import { isKeyLife, keyLifeKinds, keyWorkers } from './key-workers.ts';

export type DoneWork = { id: string; intent: Intent; at: Date };

export type ColdShare = {
  key: string;
  state: 'usable';
  epoch: number;
  /** When the last trip that took part in it was done, as an ISO instant. */
  at: string;
  backedUpEpoch: number | null;
};

/** As with the history of a key: one that is refreshed each week has as many in ten years. */
const workMax = 500;
const keysMax = 200;

/**
 * What a cold party holds of one key. Pure.
 * @param of.made the operation that made the key.
 * @param of.done newest first.
 * @param of.isKept whether a done backup is sealed to the custodians in force.
 */
export function coldShareOf(of: {
  key: { id: string; operationId: string };
  party: string;
  done: readonly DoneWork[];
  isKept: (backup: string) => boolean;
}): ColdShare | null {
  const { key, party, done, isKept } = of;
  const own = done.filter(({ id, intent }) =>
    isKeyLife(intent)
      ? intent.key === key.id && keyWorkers(intent).includes(party)
      : id === key.operationId,
  );
  const [last] = own;
  if (!last) return null;
  const epochs = own.map(({ intent }) => epochAfter(intent));
  const kept = own.find(({ id, intent }) => intent.kind === 'key-backup' && isKept(id));
  return {
    key: key.id,
    state: 'usable',
    epoch: Math.max(...epochs),
    at: last.at.toISOString(),
    backedUpEpoch: kept?.intent.kind === 'key-backup' ? kept.intent.epoch : null,
  };
}

function epochAfter(intent: Intent): number {
  if (!isKeyLife(intent)) return 1;
  return intent.kind === 'key-refresh' ? intent.epoch + 1 : intent.epoch;
}

const isForThoseInForce = ({ party, sealedTo }: ColdArchive, { backups = [] }: Roster): boolean =>
  backups.some((group) => group.party === party && group.publicKey === sealedTo);

/** One row for each cold party, in the form in which parties with a network report. */
export async function loadColdReports(db: Database | Tx): Promise<ReportRow[]> {
  const roster = await loadRoster(db);
  const cold = (roster?.parties ?? []).filter((party) => party.cold === true);
  if (!roster || cold.length === 0) return [];
  const names = cold.map(({ name }) => name);
  const keys = await db.mpcKey.findMany({
    where: { parties: { hasSome: names } },
    select: { id: true, operationId: true, parties: true },
    take: keysMax,
  });
  const rows = await db.operation.findMany({
    where: {
      state: 'done',
      OR: [
        { id: { in: keys.map(({ operationId }) => operationId) } },
        { kind: { in: [...keyLifeKinds] } },
      ],
    },
    select: { id: true, intent: true, stateChangedAt: true },
    orderBy: [{ stateChangedAt: 'desc' }, { id: 'asc' }],
    take: workMax,
  });
  const done = rows.map(({ id, intent, stateChangedAt: at }): DoneWork => {
    return { id, at, intent: intentSchema.parse(JSON.parse(intent)) };
  });
  const archives = await coldArchivesOf(newestBackups(done), db);
  return names.flatMap((party) => {
    const isKept = (operation: string): boolean =>
      archives.some(
        (one) =>
          one.operation === operation && one.party === party && isForThoseInForce(one, roster),
      );
    const held = keys
      .filter(({ parties }) => parties.includes(party))
      .flatMap((key) => coldShareOf({ key, party, done, isKept }) ?? []);
    const at = held
      .map((share) => share.at)
      .toSorted()
      .at(-1);
    return at === undefined
      ? []
      : [{ party, at: new Date(at), status: { ok: true, status: { keys: held } } }];
  });
}

/** Of each key the newest alone: an older one is of an epoch before, or is sealed again. */
function newestBackups(done: readonly DoneWork[]): string[] {
  const newest = new Map<string, string>();
  for (const { id, intent } of done)
    if (intent.kind === 'key-backup' && !newest.has(intent.key)) newest.set(intent.key, id);
  return [...newest.values()];
}
