import { expect, it } from 'vitest';
import { createTestDatabase } from '#lib/platform/db/testing/database.ts';
import { benchDraft, draftedLeast } from './bench.ts';

it('an initial notification of an incident that an alarm opened is filled to 60 % before anybody writes', async () => {
  const database = await createTestDatabase();
  const { urls } = database;
  try {
    const drafted = await benchDraft({
      ownerUrl: urls.owner,
      webUrl: urls.web,
      workerUrl: urls.worker,
    });
    expect(drafted.filled / drafted.of).toBeGreaterThanOrEqual(draftedLeast);
    expect(drafted.of - drafted.filled).toBe(drafted.left.length);
    // Only a person decides that it is major; the rest of what is left is for a person to say, too.
    expect(drafted.left).toContain('2.3');
  } finally {
    await database.drop();
  }
});
