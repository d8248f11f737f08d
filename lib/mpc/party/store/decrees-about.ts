/** Decrees of one operation, for the page that tells what a stop did. */
import { decreeKind, type DecreeKind } from './decrees.ts';
import { integerOf, textOf, type Database } from './database.ts';

export type DecreeAbout = {
  kind: DecreeKind;
  attempt: number;
  intentDigest: string;
  document: unknown;
  adoptedAt: string;
};

/** Newest first. */
export function decreesAbout(database: Database, operation: string): DecreeAbout[] {
  return database
    .all('select * from decrees where operation = ? order by seq desc limit 100', operation)
    .map((row) => ({
      kind: decreeKind.parse(textOf(row, 'kind')),
      attempt: integerOf(row, 'attempt'),
      intentDigest: textOf(row, 'intent_digest'),
      document: JSON.parse(textOf(row, 'document')) as unknown,
      adoptedAt: textOf(row, 'adopted_at'),
    }));
}
