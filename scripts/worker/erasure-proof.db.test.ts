/** An erasure as the worker's own wiring carries it out: on filled books, with the checks of `npm run verify:ledger`. */
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { valueOf } from '#lib/identity/testing/people.ts';
import { createVault, deposit, raise, type Books } from '#lib/ledger/testing/books.ts';
import { keepText, writeMentions } from '#lib/persons/texts/keep-texts.ts';
import { dataKeys } from '#lib/platform/data-keys/our-keys.ts';
import { dayMs } from '#lib/platform/days.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { carryErasure } from '#lib/privacy/erasure/erasure-desk.ts';
import type { ErasureNeeds } from '#lib/privacy/erasure/erasure-row.ts';
import type { ErasureProof } from '#lib/privacy/erasure/phases.ts';
import { takeDecided } from '#lib/privacy/erasure/take-decided.ts';
import { needlesOf } from '#lib/privacy/scan/needles.ts';
import { Places } from '#lib/privacy/scan/place.ts';
import { scanSealed } from '#lib/privacy/scan/scan-sealed.ts';
import { scanTables } from '#lib/privacy/scan/scan-tables.ts';
import { sealedColumns } from '#lib/privacy/scan/sealed-columns.ts';
import {
  askedToErase,
  decidedErasure,
  erasureNeeds,
  planFor,
  proposing,
  somebody,
  tied,
} from '#lib/privacy/testing/erasure-desk.ts';
import { openRequestDesk, press, type RequestDesk } from '#lib/privacy/testing/request-desk.ts';
import { verifyBooksAt } from '../verify-ledger/verify-books.ts';
import { adoptRosterOfAll } from '../verify-signed/testing/adopt-roster.ts';
import { decisionProof } from './proofs.ts';

const client = 'C-90001';
const served = 'C-90002';
let desk: RequestDesk;
let books: Books;
beforeAll(async () => {
  desk = await openRequestDesk();
  await createVault(desk.owner);
  await desk.owner.client.createMany({ data: [{ id: client }, { id: served }] });
  books = {
    database: desk.database,
    owner: desk.owner,
    web: desk.web,
    worker: desk.worker,
  };
  for (let amount = 1n; amount <= 20n; amount += 1n)
    await deposit(books, amount % 2n === 0n ? client : served, amount);
});
afterAll(() => desk.close());

const needs = (more: Partial<ErasureNeeds> = {}) =>
  erasureNeeds(desk, { verifyBooks: () => verifyBooksAt(desk.database.urls.worker), ...more });

/** A note on an operation that names somebody. */
async function noted(text: string): Promise<void> {
  const operation = randomUUID();
  expect(await raise(books, operation, client, 5n)).toBe(true);
  const kept = await keepText(desk.web, 'operation_note', text);
  await inTransaction(desk.owner, async (tx) => {
    await tx.$executeRaw`set local session_replication_role = replica`;
    await tx.operationNote.create({
      data: {
        id: randomUUID(),
        operationId: operation,
        kind: 'reason',
        personId: desk.people.mia.actor.personId,
        sealed: kept.sealed,
        commitment: kept.commitment,
      },
    });
  });
  await inTransaction(desk.web, (tx) => writeMentions(tx, 'operation_note', [kept]));
}

async function scan(values: readonly string[]): Promise<string[]> {
  const owner = new pg.Client({ connectionString: desk.database.urls.owner });
  await owner.connect();
  const places = new Places();
  const options = {
    needles: needlesOf(values),
    places,
    signal: new AbortController().signal,
    report: () => undefined,
  };
  await scanTables(owner, options);
  await scanSealed(owner, sealedColumns, { ...options, keys: dataKeys() });
  await owner.end();
  return places.named.map(({ where }) => where);
}

it('of somebody in vault and texts leaves nothing that a scan of every table finds, and books that hold', async () => {
  const values = {
    'full-name': 'Ottoline Vexwood',
    email: 'ottoline@vexwood.example',
    phone: '+49 171 5550987',
    'document-number': 'VX7781200',
    residence: 'Quellgasse 14\n99084 Erfurt',
  };
  const person = await somebody(desk, values);
  await noted('Ottoline Vexwood rang from +49 171 5550987 about it.');
  const { erasure } = await decidedErasure(desk, person);
  expect(await scan([values.email, values['full-name']])).toEqual(
    expect.arrayContaining(['person_value.sealed', 'operation_note.sealed']),
  );
  expect(await carryErasure(needs(), erasure)).toBe('proved');
  expect(await scan(Object.values(values))).toEqual([]);
  const row = await desk.owner.personErasure.findUniqueOrThrow({ where: { id: erasure } });
  const proof = row.proof as unknown as ErasureProof;
  expect(proof).toMatchObject({ found: [], journals: 20 });
  expect(proof.tables).toBeGreaterThan(100);
  expect(proof.sealed).toBeGreaterThan(0);
  expect(await verifyBooksAt(desk.database.urls.worker)).toMatchObject({ journals: 20 });
});

it('of somebody whose records are kept takes the rest, and the books hold', async () => {
  const person = await somebody(desk, {
    'full-name': 'Ambrose Yellowfell',
    email: 'ambrose@yellowfell.example',
    'document-number': 'YF5512008',
  });
  const until = new Date(desk.context.clock().getTime() - 6 * 366 * dayMs);
  await tied(desk, person, { client: served, until });
  const { erasure, plan } = await decidedErasure(desk, person);
  expect(plan).toMatchObject({ outcome: 'part', blockers: [{ code: 'records', about: served }] });
  expect(plan.fields).toEqual(['document-number', 'email']);
  expect(await carryErasure(needs(), erasure)).toBe('proved');
  const left = await desk.owner.personValue.findMany({ where: { personId: person } });
  expect(left.map(({ field }) => field)).toEqual(['full-name']);
  expect(await scan(['ambrose@yellowfell.example', 'YF5512008'])).toEqual([]);
});

it('is not decided while an operation of the client is under way', async () => {
  const person = await somebody(desk, { 'full-name': 'Isolde Quarrington' });
  const until = new Date(desk.context.clock().getTime() - 6 * 366 * dayMs);
  await tied(desk, person, { client, until });
  const plan = await planFor(desk, person, await askedToErase(desk, person));
  expect(plan).toMatchObject({ outcome: 'nothing', fields: [] });
  expect(plan.blockers.map(({ code }) => code)).toContain('operation-open');
});

it('is not proved on books that do not hold', async () => {
  const person = await somebody(desk, { 'full-name': 'Peregrine Zumthorn' });
  const { erasure } = await decidedErasure(desk, person);
  await inTransaction(desk.owner, async (tx) => {
    await tx.$executeRaw`set local session_replication_role = replica`;
    await tx.$executeRaw`alter table account disable trigger all`;
    await tx.$executeRaw`update account set credits = credits + 1 where client_id = ${client}`;
  });
  await expect(carryErasure(needs(), erasure)).rejects.toThrow('The books do not hold');
  expect(await desk.owner.personErasure.findUnique({ where: { id: erasure } })).toMatchObject({
    state: 'shredded',
  });
});

it('is begun by no decision that the keys of a roster do not prove', async () => {
  const { people, owner, worker } = desk;
  const isProved = decisionProof(worker);
  const decided = async (name: string): Promise<string> => {
    const person = await somebody(desk, { 'full-name': name });
    const asked = await askedToErase(desk, person);
    const plan = await planFor(desk, person, asked);
    valueOf(await press(desk, people.mia, proposing(asked, plan)));
    valueOf(await press(desk, people.ada, { id: asked.id, seen: '6', step: 'approved' }));
    return asked.id;
  };
  const begun = (requestId: string) => owner.personErasure.count({ where: { requestId } });
  const [one, forged] = [await decided('Leopold Underhay'), await decided('Sidonie Marchbank')];
  // No roster gives anybody a key yet.
  expect(await takeDecided(needs({ isProved }))).toBe(0);
  await adoptRosterOfAll(owner);
  await owner.$executeRaw`alter table privacy_request_statement disable trigger all`;
  await owner.$executeRaw`update privacy_request_statement set assertion = '{}'
    where request_id = ${forged}::uuid and seq = 7`;
  await owner.$executeRaw`alter table privacy_request_statement enable trigger all`;
  expect(await takeDecided(needs({ isProved }))).toBe(1);
  expect([await begun(one), await begun(forged)]).toEqual([1, 0]);
});
