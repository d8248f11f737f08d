import { afterAll, beforeAll, expect, it } from 'vitest';
import { openIncident } from '#lib/operations/open-incident.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { openIncidentDesk, type IncidentDesk } from '../testing/incident-desk.ts';
import { IncidentDesk as WorkersDesk } from './incident-desk.ts';

let desk: IncidentDesk;
beforeAll(async () => {
  desk = await openIncidentDesk();
});
afterAll(() => desk.close());

/** A record as a freeze makes one. @returns its number. */
const freeze = (): Promise<string> =>
  inTransaction(desk.worker, (tx) =>
    openIncident(
      tx,
      { what: 'freeze', title: 'Everything is frozen', openedBy: 'system', operations: [] },
      desk.context.clock(),
    ),
  );
const isThere = async (number: string): Promise<boolean> =>
  (await desk.web.incident.findUnique({ where: { number } })) !== null;

it('the worker opens a file for what other areas put on record: at once when told, else within five seconds', async () => {
  const workers = new WorkersDesk({ db: desk.worker, clock: desk.context.clock });
  const before = await freeze();
  await workers.look();
  expect(await isThere(before)).toBe(true);

  const told = await freeze();
  await workers.look();
  expect(await isThere(told)).toBe(false);
  workers.tell();
  await workers.look();
  expect(await isThere(told)).toBe(true);

  const missed = await freeze();
  await workers.look();
  expect(await isThere(missed)).toBe(false);
  desk.context.passTime(5_000);
  await workers.look();
  expect(await isThere(missed)).toBe(true);
});
