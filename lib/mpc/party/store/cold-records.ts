/** The furthest that each cold party was seen, in its own signed words. */
import { signedColdHeads, type SignedColdHeads } from '../../wire/cold-word.ts';
import { textOf, type Database } from './database.ts';

const rowName = (party: string): string => `cold-record:${party}`;

/** Null where the cold party was never heard. */
export function coldHeadsOf(database: Database, party: string): SignedColdHeads | null {
  const row = database.one('select value from meta where name = ?', rowName(party));
  return row && signedColdHeads.parse(JSON.parse(textOf(row, 'value')));
}

/** Joins the caller's commit, if any. The caller has compared it with the one before. */
export function keepColdHeads(database: Database, of: SignedColdHeads): void {
  database.run(
    `insert into meta (name, value) values (?, ?)
     on conflict (name) do update set value = excluded.value`,
    rowName(of.heads.from),
    JSON.stringify(of),
  );
}
