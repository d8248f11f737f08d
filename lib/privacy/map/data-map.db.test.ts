import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '#lib/platform/db/testing/database.ts';
import { withClient } from '#lib/platform/db/owner-client.ts';
import { sealedColumns } from '../scan/sealed-columns.ts';
import { mappedColumns } from './data-map.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const nameOf = ({ table, column }: { table: string; column: string }): string =>
  `${table}.${column}`;

it('the map names every column that the database has, once, and none that it has not', async () => {
  const found = await withClient(database.urls.owner, { name: 'map' }, async (client) => {
    const { rows } = await client.query<{ name: string }>(`
      select c.table_name || '.' || c.column_name as name
      from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
      where c.table_schema = 'public' and t.table_type = 'BASE TABLE' and c.table_name <> '_prisma_migrations'
      order by c.table_name collate "C", c.column_name collate "C"`);
    return rows.map(({ name }) => name);
  });
  expect(mappedColumns().map(nameOf).toSorted()).toEqual(found.toSorted());
});

it('what is sealed is on the map as sealed, and nothing else is', () => {
  const onMap = mappedColumns().filter(({ kind }) => kind === 'sealed');
  expect(onMap.map(nameOf)).toEqual(sealedColumns.map(nameOf).toSorted());
});
