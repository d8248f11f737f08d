/** The furthest that each other party was seen, in its own signed words. */
import { signedPeerHeads, type SignedPeerHeads } from '../../wire/peer-heads.ts';
import { textOf, type Database } from './database.ts';

export function furthestOf(database: Database, name: string): SignedPeerHeads | null {
  const row = database.one('select heads from peers where name = ?', name);
  return row ? signedPeerHeads.parse(JSON.parse(textOf(row, 'heads'))) : null;
}

/** Keeps heads that go further than what was seen before; lower ones change nothing. */
export function keepFurthest(database: Database, signed: SignedPeerHeads, at: Date): void {
  const { party, audit } = signed.heads;
  database.run(
    `insert into peers (name, length, heads, seen_at) values (?, ?, ?, ?)
     on conflict (name) do update set length = excluded.length, heads = excluded.heads,
       seen_at = excluded.seen_at where excluded.length > peers.length`,
    party,
    audit.length,
    JSON.stringify(signed),
    at.toISOString(),
  );
}
