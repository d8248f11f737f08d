/** What a console in hostile hands can do to what runs find, short of the worker's own role. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { valueOf } from '#lib/identity/testing/people.ts';
import { openBooks, type Books } from '#lib/ledger/testing/books.ts';
import type { Database } from '#lib/platform/db/client.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { log } from '#lib/platform/log.ts';
import { ok } from '#lib/platform/result.ts';
import { applyDifferences } from './breaks/apply-differences.ts';
import { LostIncidents } from './breaks/lost-incidents.ts';
import { compare } from './matching/compare.ts';
import { inputsOf, itemOf } from './matching/testing/make-inputs.ts';
import { makeRun } from './runs/make-run.ts';
import { findQueueFull, requestRuns } from './runs/request-runs.ts';
import type { OutsideSource } from './sources/outside-source.ts';
import { recordedRun } from './testing/recorded-run.ts';
import { ReconciliationDesk } from './worker/desk.ts';

const SOL = 1_000_000_000n;

let books: Books;

beforeAll(async () => {
  books = await openBooks([]);
});
afterAll(() => books.database.drop());

/** A run that finds 2 SOL gone by one transaction. */
async function findGone(txid: string): Promise<void> {
  const items = [itemOf(txid, -2n * SOL, { transaction: txid })];
  const inputs = { ...inputsOf('chain', [], items), at: new Date().toISOString() };
  const run = await recordedRun(books.worker, inputs);
  await inTransaction(books.worker, (tx) => applyDifferences(tx, run, compare(inputs).differences));
}

/** A chain on which 2 SOL left the vault of the books, and nothing else happened. */
const lostTwo: OutsideSource = {
  places: async () => [],
  accounts: () => ['vault/warm-1/SOL'],
  graceSeconds: 0,
  read: async (_place, since) =>
    ok({
      source: 'test',
      position: '1',
      balance: -2n * SOL,
      items:
        since.mark === null
          ? [itemOf('lost', -2n * SOL, { transaction: 'lost' })]
          : [...since.open],
      mark: 'lost',
    }),
  namesOf: async () => new Map(),
  isAfter: () => false,
};

const breakOf = (txid: string) =>
  books.owner.breakRecord.findFirst({ where: { subject: `transaction:${txid}` } });
const incidentsOf = (number: string) =>
  books.owner.incidentRecord.count({ where: { title: { startsWith: number } } });

describe('a shortfall beyond the limit', () => {
  it('is a break and stops its asset also when its incident cannot be opened, which the worker opens later', async () => {
    const { owner } = books;
    // As if somebody had taken every number that comes.
    await owner.$executeRaw`
      insert into incident_record (id, number, what, title, opened_at, opened_by)
      select gen_random_uuid(), 'INC-' || to_char(now() at time zone 'UTC', 'YYYY') || '-' || lpad(g::text, 6, '0'),
          'freeze', 'Nothing', now(), 'system' from generate_series(1, 50) g`;
    await findGone('tx-untold');
    const found = await breakOf('tx-untold');
    expect(found).toMatchObject({ state: 'open', overLimit: true });
    expect(await incidentsOf(found?.number ?? '')).toBe(0);
    expect(await owner.outboxEvent.findMany({ where: { subject: found?.id ?? '' } })).toMatchObject(
      [{ kind: 'break-over-limit', facts: { incident: null } }],
    );
    const look = () => new LostIncidents({ db: books.worker, clock: () => new Date() }).look();
    await expect(look(), 'and the duty shows as failing').rejects.toThrow();
    expect(await incidentsOf(found?.number ?? '')).toBe(0);
    await owner.$executeRaw`select setval('incident_number', 50)`;
    await Promise.all([look(), look()]);
    await look();
    expect(await incidentsOf(found?.number ?? ''), 'opened later, once').toBe(1);
    const [untold, told, ...more] = await owner.outboxEvent.findMany({
      where: { subject: found?.id ?? '' },
      orderBy: { id: 'asc' },
    });
    expect(more).toEqual([]);
    expect(told?.facts).toEqual({
      ...(untold?.facts as object),
      incident: expect.stringMatching(/^INC-/) as string,
    });
    await findGone('tx-told');
    expect(await incidentsOf((await breakOf('tx-told'))?.number ?? '')).toBe(1);
  });

  it('is in the log before it is recorded, so that who holds rows up in the database hides nothing', async () => {
    const place = { kind: 'chain', asset: 'SOL', place: 'warm-9' } as const;
    const request = await inTransaction(books.worker, (tx) =>
      requestRuns(tx, 'due', { who: 'schedule' }, new Date()),
    );
    const compareOnce = () =>
      makeRun(place, lostTwo, request, { db: books.worker, clock: () => new Date() });
    valueOf(await compareOnce());
    // Only listened to: the log has no other way to be read from inside.
    const said = vi.spyOn(log, 'error');
    const running = await inTransaction(books.web, async (tx) => {
      await tx.$queryRaw`select id from break_record where place = 'warm-9' for no key update`;
      const run = compareOnce();
      await vi.waitFor(
        () =>
          expect(said).toHaveBeenCalledWith(
            { place: 'chain/SOL/warm-9', asset: 'SOL', amounts: ['2.000000000'], shortfalls: 1 },
            expect.any(String),
          ),
        { timeout: 5_000 },
      );
      return { run };
    });
    valueOf(await running.run);
    said.mockRestore();
  });
});

describe('a request for runs', () => {
  const ask = (
    db: Database,
    {
      by,
      wanted = 'due',
      at = 'now()',
      rows = 1,
    }: { by: string; wanted?: string; at?: string; rows?: number },
  ) =>
    db.$executeRawUnsafe(
      `insert into reconciliation_request (id, wanted, started_by, requested_at)
        select gen_random_uuid(), $1, $2, ${at} from generate_series(1, ${rows})`,
      wanted,
      by,
    );

  it('is in the name of the schedule from the worker alone, and from the worker in no other', async () => {
    await expect(ask(books.web, { by: 'schedule' })).rejects.toThrow(/schedule is the worker/);
    await expect(ask(books.worker, { by: 'command' })).rejects.toThrow(/schedule is the worker/);
    expect(await ask(books.worker, { by: 'schedule' })).toBe(1);
  });

  it('is made now, for something that there can be', async () => {
    for (const at of [`'2000-01-01'`, `'2999-01-01'`, `'-infinity'`, `'infinity'`])
      await expect(ask(books.web, { by: 'command', at })).rejects.toThrow(/asked for now/);
    for (const wanted of ['x/1', 'chain/SOL', 'all\n', 'chain/SOL/a/b'])
      await expect(ask(books.web, { by: 'command', wanted })).rejects.toThrow(/no such place/);
  });

  it('of people waits among fifty at most, in whatever way they are written, and keeps the schedule from nothing', async () => {
    await expect(ask(books.web, { by: 'command', rows: 51 })).rejects.toThrow(/fifty/);
    await expect(
      inTransaction(books.web, async (tx) => {
        await tx.$executeRaw`set transaction isolation level repeatable read`;
        await tx.$executeRaw`insert into reconciliation_request (id, wanted, started_by, requested_at)
          values (gen_random_uuid(), 'all', 'command', now())`;
      }),
    ).rejects.toThrow(/read committed/);
    expect(await ask(books.web, { by: 'command', rows: 50 })).toBe(50);
    await expect(ask(books.web, { by: 'command' })).rejects.toThrow(/fifty/);
    const refused = await inTransaction(books.web, (tx) => findQueueFull(tx));
    expect(refused).toMatchObject({ refusal: { code: 'runs-too-many' } });
    const schedule = () =>
      inTransaction(books.worker, (tx) => requestRuns(tx, 'due', { who: 'schedule' }, new Date()));
    const { startedBy } = await books.owner.reconciliationRequest.findUniqueOrThrow({
      where: { id: await schedule() },
    });
    expect(startedBy, 'and what others want is not the schedule’s').toBe('schedule');
  });

  it('of the schedule is answered before what people asked for earlier', async () => {
    const desk = new ReconciliationDesk({
      db: books.worker,
      clock: () => new Date(),
      sources: [],
    });
    const waits = (startedBy: object) =>
      books.owner.reconciliationRequest.count({ where: { state: 'waiting', startedBy } });
    const [others, own] = [await waits({ not: 'schedule' }), await waits({ equals: 'schedule' })];
    expect([others, own > 0]).toEqual([50, true]);
    for (let look = 0; look < own; look += 1) {
      await desk.look();
      await desk.settled();
    }
    expect([await waits({ not: 'schedule' }), await waits({ equals: 'schedule' })]).toEqual([
      50, 0,
    ]);
    await desk.look();
    await desk.settled();
    expect(await waits({ not: 'schedule' })).toBe(49);
  });
});

describe('a run', () => {
  it('is dated now, so that its place is due again and the source of shortfalls goes silent', async () => {
    for (const at of ['2900-01-01T00:00:00.000Z', '2020-01-01T00:00:00.000Z']) {
      const inputs = { ...inputsOf('chain', [], []), at };
      await expect(recordedRun(books.worker, inputs)).rejects.toThrow(/dated now/);
    }
  });
});
