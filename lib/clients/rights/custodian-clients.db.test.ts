import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { closeBooks, openBooks, type Books } from '#lib/ledger/testing/books.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { custodianClientsAt } from './custodian-clients.ts';

const dayMs = 86_400_000;
const dayOf = (offset: number): string =>
  new Date(Date.now() + offset * dayMs).toISOString().slice(0, 10);
const clients = Array.from({ length: 40 }, (_, index) => `C-${1001 + index}`);

let books: Books;
beforeAll(async () => {
  books = await openBooks(clients);
  await books.owner.operator.create({
    data: { id: 'p-aaaaaaaaaa', roles: ['officer'], status: 'active' },
  });
});
afterAll(() => closeBooks(books));

const agreements = fc.array(
  fc.record({
    signedOn: fc.integer({ min: -6, max: 0 }),
    after: fc.integer({ min: 0, max: 6 }),
    rights: fc.constantFrom('client', 'custodian'),
    isEnded: fc.boolean(),
  }),
  { minLength: 1, maxLength: 4 },
);

it('code and database name the same agreement, whatever is on record and whenever the event was', async () => {
  const of = fc.sample(agreements, { numRuns: clients.length, seed: 75 });
  const now = new Date();
  for (const [index, list] of of.entries())
    for (const [place, { signedOn, after, rights, isEnded }] of list.entries()) {
      const id = randomUUID();
      const facts = {
        version: place + 1,
        contents: [],
        signedOn: dayOf(signedOn),
        inForceFrom: dayOf(signedOn + after),
        policyVersion: 1,
        rights,
      };
      await books.web.registerCase.create({
        data: {
          id,
          register: 'agreement',
          number: `AG-2026-${(100_000 + index * 10 + place).toString()}`,
          clientId: clients[index] ?? null,
          openedBy: 'p-aaaaaaaaaa',
          // Some are on record later than others.
          openedAt: new Date(now.getTime() + place * 60_000),
          facts,
        },
      });
      if (isEnded)
        await books.web.registerStep.create({
          data: { caseId: id, seq: 1, step: 'ended', actor: 'p-aaaaaaaaaa', at: now, facts: {} },
        });
    }
  let named = 0;
  for (let hours = -8 * 24; hours <= 8 * 24; hours += 12)
    for (const known of [0, 1, 4].map((minutes) => new Date(now.getTime() + minutes * 60_000))) {
      const event = new Date(now.getTime() + hours * 3_600_000);
      const byCode = await inTransaction(books.web, (tx) => custodianClientsAt(tx, event, known));
      const byDatabase = await books.web.$queryRaw`
        select id as client, custodian_agreement_at(id, ${event}, ${known})::text as agreement from client
          where custodian_agreement_at(id, ${event}, ${known}) is not null order by id collate "C"`;
      const sorted = byCode.toSorted((a, b) => (a.client < b.client ? -1 : 1));
      expect([hours, sorted]).toEqual([hours, byDatabase]);
      named += byCode.length;
    }
  expect(named).toBeGreaterThan(100);
});
