import { textOf, type Database } from './database.ts';

/** Names of destinations that stand in the book, for a person to choose from; nothing is decided by it. */
export const listedDestinations = (database: Database, limit: number): string[] =>
  database
    .all('select id from destinations where removed_at is null order by id limit ?', limit)
    .map((row) => textOf(row, 'id'));
