import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from './testing/database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

it.each([
  ['access_review', 'operator_id'],
  ['access_review', 'reviewed_by'],
  ['cold_trip', 'ordered_by'],
  ['cold_document', 'answered_by'],
])(
  '%s.%s names somebody on record, who can be neither removed nor renamed',
  async (table, column) => {
    const rows = await database.connect('owner').$queryRaw<
      { onDelete: string; onUpdate: string }[]
    >`
    select c.confdeltype::text as "onDelete", c.confupdtype::text as "onUpdate"
    from pg_constraint c
    join pg_attribute a on a.attrelid = c.conrelid and c.conkey = array[a.attnum]
    where c.contype = 'f' and c.convalidated and c.confrelid = 'operator'::regclass
      and c.conrelid = ${table}::regclass and a.attname = ${column}`;
    expect(rows).toEqual([{ onDelete: 'r', onUpdate: 'r' }]);
  },
);
