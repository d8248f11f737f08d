/** Full sets that wait: for how long, and since when this party has known them. */
import { integerOf, textOf, type Database, type Row } from './database.ts';

export type Wait = {
  operation: string;
  attempt: number;
  intentDigest: string;
  kind: string;
  /** The operation with its statements. */
  document: unknown;
  since: string;
  until: string;
};

function toWait(row: Row): Wait {
  return {
    operation: textOf(row, 'operation'),
    attempt: integerOf(row, 'attempt'),
    intentDigest: textOf(row, 'intent_digest'),
    kind: textOf(row, 'kind'),
    document: JSON.parse(textOf(row, 'document')) as unknown,
    since: textOf(row, 'since'),
    until: textOf(row, 'until'),
  };
}

export function waitsOf(database: Database, operation: string): Wait[] {
  return database
    .all('select * from waits where operation = ? order by attempt', operation)
    .map(toWait);
}

/** Oldest first, for the pages and for whoever carries them out when they are over. */
export function listWaits(database: Database, limit: number): Wait[] {
  return database.all('select * from waits order by since, operation limit ?', limit).map(toWait);
}

/** Those of some kinds, oldest first. */
export function listWaitsOf(database: Database, kinds: readonly string[], limit: number): Wait[] {
  return database
    .all(
      `select * from waits where kind in (select value from json_each(?))
       order by since, operation limit ?`,
      JSON.stringify(kinds),
      limit,
    )
    .map(toWait);
}

/** Those of some kinds that are over, the longest first. @param now an instant. */
export function listOver(
  database: Database,
  kinds: readonly string[],
  now: string,
  limit: number,
): Wait[] {
  return database
    .all(
      `select * from waits where until <= ? and kind in (select value from json_each(?))
       order by until, operation limit ?`,
      now,
      JSON.stringify(kinds),
      limit,
    )
    .map(toWait);
}

/** Forgets what can't be carried out any more because the intent's own time is over. */
export function forgetExpired(database: Database, now: string): void {
  database.run(`delete from waits where json_extract(document, '$.intent.notAfter') <= ?`, now);
}

/** Keeps the first sight of a full set; later sights change nothing. Joins the caller's commit. */
export function beginWait(database: Database, of: Wait): void {
  database.run(
    `insert into waits (operation, attempt, intent_digest, kind, document, since, until)
     values (?, ?, ?, ?, ?, ?, ?) on conflict (operation, attempt) do nothing`,
    of.operation,
    of.attempt,
    of.intentDigest,
    of.kind,
    JSON.stringify(of.document),
    of.since,
    of.until,
  );
}

/** Ends what waits for exactly this content, up to an attempt; joins the caller's commit. */
export function endWaits(
  database: Database,
  of: { operation: string; intentDigest: string; attempt: number },
): void {
  database.run(
    'delete from waits where operation = ? and intent_digest = ? and attempt <= ?',
    of.operation,
    of.intentDigest,
    of.attempt,
  );
}

/** Forgets every attempt at exactly this content, which was carried out; joins the caller's commit. */
export function forgetWaits(database: Database, operation: string, intentDigest: string): void {
  database.run(
    'delete from waits where operation = ? and intent_digest = ?',
    operation,
    intentDigest,
  );
}
