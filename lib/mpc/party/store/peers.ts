/** The furthest each other party was seen, in its own signed words. */
import { signedHeads, type SignedHeads } from '../../wire/peer-heads.ts';
import { StoreError, textOf, type Database } from './database.ts';

/** @throws StoreError when the row is not of the form in which it was written. */
export function findFurthest(database: Database, peer: string): SignedHeads | null {
  const row = database.one('select heads from peers where name = ?', peer);
  if (!row) return null;
  try {
    return signedHeads.parse(JSON.parse(textOf(row, 'heads')));
  } catch {
    throw new StoreError('What other parties once said was changed outside the party.');
  }
}

/** In place of what was kept before. */
export function keepFurthest(database: Database, signed: SignedHeads, at: Date): void {
  const { party, audit } = signed.heads;
  database.run(
    `insert into peers (name, length, heads, seen_at) values (?, ?, ?, ?)
     on conflict (name) do update
     set length = excluded.length, heads = excluded.heads, seen_at = excluded.seen_at`,
    party,
    audit.length,
    JSON.stringify(signed),
    at.toISOString(),
  );
}
