/** The furthest that each cold party was seen, in its own signed words. */
import { z } from 'zod';
import { instant } from '#lib/protocol/scalars.ts';
import { recordHead } from '../../wire/cold-word.ts';
import { textOf, type Database } from './database.ts';

/** `at` by the cold party's own clock. */
const seenRecord = z.strictObject({ ...recordHead.shape, at: instant });
export type SeenRecord = z.infer<typeof seenRecord>;

const rowName = (party: string): string => `cold-record:${party}`;

/** Null where the cold party was never heard. */
export function furthestOf(database: Database, party: string): SeenRecord | null {
  const row = database.one('select value from meta where name = ?', rowName(party));
  return row && seenRecord.parse(JSON.parse(textOf(row, 'value')));
}

/** Joins the caller's commit, if any. The caller has compared it with the one before. */
export function noteFurthest(database: Database, party: string, of: SeenRecord): void {
  database.run(
    `insert into meta (name, value) values (?, ?)
     on conflict (name) do update set value = excluded.value`,
    rowName(party),
    JSON.stringify(of),
  );
}
