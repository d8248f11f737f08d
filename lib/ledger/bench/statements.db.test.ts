import { expect, it } from 'vitest';
import { createTestDatabase } from '#lib/platform/db/testing/database.ts';
import { benchStatements } from './statements.ts';

const seconds = 120;

it(
  'statements are measured over filled books, one for each client, with every movement there is',
  async () => {
    const database = await createTestDatabase();
    try {
      const figures = await benchStatements({
        ownerUrl: database.urls.owner,
        workerUrl: database.urls.worker,
        clients: 60,
        movementsEach: 9,
      });
      expect(figures.clients).toBe(60);
      expect(figures.seconds).toBeGreaterThan(0);
      expect(figures.peakRssMb).toBeGreaterThan(0);
      const rows = await database.connect('owner').positionStatement.groupBy({ by: ['movements'] });
      expect(rows.map(({ movements }) => movements)).toEqual([9]);
    } finally {
      await database.drop();
    }
  },
  seconds * 1000,
);
