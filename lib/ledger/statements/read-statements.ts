/** Statements of position out of the books, a handful of clients at a time. */
import type { Database } from '#lib/platform/db/client.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import {
  assertAddsUp,
  type AssetStatement,
  type ClosePosition,
  type PendingHold,
  type StatementContent,
  type StatementMovement,
} from './content.ts';
import type { Close } from '../close-books.ts';
import { holdsAt, holdsMax } from './read-holds.ts';
import { movementsOf } from './read-movements.ts';
import type { StatementScope } from './scope.ts';

/** Movements that one statement, and one read, may have: about a thousand pages of paper. */
export const movementsMax = 20_000;

export type ReadStatement = {
  client: string;
  /** Null when there is more than one statement holds; shorter periods are the way out. */
  content: StatementContent | null;
};

type Position = {
  id: string;
  client: string;
  asset: string;
  opening: string;
  closing: string;
  /** How many movements, counted no further than one more than a statement may have. */
  count: number;
};

export type ReadOptions = {
  decimalsOf: (asset: string) => number;
  /** What was set aside as an earlier statement of the same close says it. */
  pending?: ReadonlyMap<string, PendingHold[]>;
};

/** Yields one for each client, in their order. */
export async function* readStatements(
  db: Database | Tx,
  scope: StatementScope,
  clients: readonly string[],
  options: ReadOptions,
): AsyncGenerator<ReadStatement> {
  const { decimalsOf } = options;
  const positions = Map.groupBy(await positionsOf(db, scope, clients), ({ client }) => client);
  const holds = options.pending ?? (await holdsAt(db, scope, clients, decimalsOf));
  for (const chunk of chunksOf(clients, (client) => countOf(positions.get(client) ?? []))) {
    const short = chunk.filter((client) => countOf(positions.get(client) ?? []) <= movementsMax);
    const accounts = short
      .flatMap((client) => positions.get(client) ?? [])
      .filter(({ count }) => count > 0);
    const movements = await movementsOf(
      db,
      scope,
      accounts.map(({ id }) => id),
    );
    for (const client of chunk) {
      const pending = holds.get(client) ?? [];
      if (!short.includes(client) || pending.length > holdsMax) yield { client, content: null };
      else {
        const assets = (positions.get(client) ?? []).map((position) =>
          assetOf(position, movements.get(position.id) ?? [], decimalsOf),
        );
        const content = contentOf(client, scope, assets, pending);
        assertAddsUp(content);
        yield { client, content };
      }
    }
  }
}

/** The statement of one client. */
export async function readStatement(
  db: Database | Tx,
  scope: StatementScope,
  client: string,
  options: ReadOptions,
): Promise<StatementContent | null> {
  for await (const { content } of readStatements(db, scope, [client], options)) return content;
  throw new Error('A client was asked for and none answered');
}

const countOf = (positions: readonly Position[]): number =>
  positions.reduce((sum, { count }) => sum + count, 0);

/** Neighbours together, as long as they have no more movements than one read may have. */
function chunksOf(clients: readonly string[], count: (client: string) => number): string[][] {
  const chunks: string[][] = [];
  let room = 0;
  for (const client of clients) {
    const wanted = Math.min(count(client), movementsMax);
    const last = chunks.at(-1);
    if (last && wanted <= room) last.push(client);
    else {
      chunks.push([client]);
      room = movementsMax;
    }
    room -= wanted;
  }
  return chunks;
}

/** Accounts with a position at either end or something in between, by client and asset. */
async function positionsOf(
  db: Database | Tx,
  { opened, close }: StatementScope,
  clients: readonly string[],
): Promise<Position[]> {
  const openedAt = opened?.lastJournal ?? 0n;
  return db.$queryRaw<Position[]>`
    select a.id, a.client_id as client, a.asset, coalesce(-o.balance, 0)::text as opening,
        (-c.balance)::text as closing, m.count
      from account a
        join lateral (select p.balance from posting p
          where p.account_id = a.id and p.journal_id <= ${close.lastJournal}
          order by p.journal_id desc, p.line desc limit 1) c on true
        left join lateral (select p.balance from posting p
          where p.account_id = a.id and p.journal_id <= ${openedAt}
          order by p.journal_id desc, p.line desc limit 1) o on true
        cross join lateral (select count(*)::int as count from (select from posting p
          where p.account_id = a.id and p.journal_id > ${openedAt} and p.journal_id <= ${close.lastJournal}
          limit ${movementsMax + 1}) counted) m
      where a.client_id = any(${[...clients]}::text[])
        and (c.balance <> 0 or coalesce(o.balance, 0) <> 0 or m.count > 0)
      order by a.client_id, a.asset collate "C"`;
}

function assetOf(
  { asset, opening, closing }: Position,
  movements: StatementMovement[],
  decimalsOf: (asset: string) => number,
): AssetStatement {
  let received = 0n;
  let sent = 0n;
  for (const { amount } of movements) {
    const units = BigInt(amount);
    if (units > 0n) received += units;
    else sent -= units;
  }
  return {
    asset,
    decimals: decimalsOf(asset),
    opening,
    received: received.toString(),
    sent: sent.toString(),
    closing,
    movements,
  };
}

const positionOf = ({ closedAt, lastJournal }: Close): ClosePosition => ({
  closedAt: closedAt.toISOString(),
  lastJournal: lastJournal.toString(),
});

const contentOf = (
  client: string,
  { from, to, opened, close }: StatementScope,
  assets: AssetStatement[],
  pending: PendingHold[],
): StatementContent => ({
  type: 'countersign/position-statement/v1',
  client: { id: client },
  period: { from: from.toISOString(), to: to.toISOString() },
  opened: opened && positionOf(opened),
  close: positionOf(close),
  assets,
  pending,
});
