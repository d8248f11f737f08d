/** Run by a start, as the worker: erases again whom a database that was put back knows again, before anything is served. */
import { systemClock } from '#lib/platform/clock.ts';
import { DataKeysError } from '#lib/platform/data-keys/data-keys.ts';
import { databaseFor } from '#lib/platform/db/client.ts';
import { replayErasures, ReplayError, replayMax } from '#lib/privacy/erasure/replay.ts';
import { MORE_MEANT } from './supervisor/replay.ts';

const meant = Number(process.env[MORE_MEANT] ?? replayMax);
// Of the worker's environment it needs the way to the database and to the keys alone.
const url = process.env['DATABASE_URL_WORKER'];
if (url === undefined) throw new Error('Whoever starts this says where the database is.');
const db = databaseFor(url, {
  poolSize: 2,
  statementTimeoutMs: 120_000,
});
try {
  const needs = { db, clock: systemClock };
  const { looked, people, erased, madeUp, held } = await replayErasures(needs, meant);
  if (madeUp > 0)
    console.log(
      `${madeUp} people have keys that the data-key service never made: somebody wrote them past the console. Look for the incident about refused keys.`,
    );
  if (held.length > 0)
    console.log(`${held.length} people are erased again once the legal holds on them are lifted.`);
  console.log(
    !looked
      ? 'nothing changed since the last look'
      : erased === 0
        ? `${people} people looked at`
        : `${erased} of ${people} people erased again`,
  );
} catch (error) {
  if (!(error instanceof ReplayError) && !(error instanceof DataKeysError)) throw error;
  console.error(
    error instanceof ReplayError && error.fault === 'too-many'
      ? `${error.message} To say so, start once with ${MORE_MEANT} set to how many.`
      : error.message,
  );
  process.exitCode = 1;
} finally {
  await db.$disconnect();
}
