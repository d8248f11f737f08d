import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Actor } from '#lib/identity/actor.ts';
import { admit, enrol, signIn, testContext, valueOf } from '#lib/identity/testing/people.ts';
import { closeBooks, deposit, openBooks, type Books } from '#lib/ledger/testing/books.ts';
import type { Context } from '#lib/platform/context.ts';
import { viewChart } from './view-chart.ts';

let books: Books;
let context: Context;
let auditor: Actor;

beforeAll(async () => {
  books = await openBooks(['C-1001']);
  context = testContext(books.web);
  const person = await enrol(context, { displayName: 'Ida Berg', roles: ['auditor'], group: null });
  await admit(books.owner, person);
  auditor = (await signIn(context, person)).actor;
  await deposit(books, 'C-1001', 1_000n);
  await deposit(books, null, 5n);
});
afterAll(() => closeBooks(books));

const totals = async (asked: Record<string, string>) =>
  valueOf(await viewChart(auditor, { asked, after: null, before: null }, context)).totals;

it('both sides of all accounts of an asset come to the same in the chart of accounts', async () => {
  const sol = { asset: 'SOL', debits: '0.000001005', credits: '0.000001005', isEqual: true };
  expect(await totals({})).toEqual([sol]);
  expect(await totals({ asset: 'SOL' })).toEqual([sol]);
});

it('the sides of some accounts of an asset are not held against each other', async () => {
  expect(await totals({ kind: 'client' })).toEqual([]);
  expect(await totals({ name: 'C-1' })).toEqual([]);
});
