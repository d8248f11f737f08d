import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Prisma } from '#lib/platform/db/generated/client.ts';
import { createTestDatabase, type TestDatabase } from '#lib/platform/db/testing/database.ts';
import { shareOut } from '../rights/share-out.ts';
import { cutOf, sharesOf, type Ratio } from './share-statement.ts';

let database: TestDatabase;
let db: ReturnType<TestDatabase['connect']>;
beforeAll(async () => {
  database = await createTestDatabase();
  db = database.connect('web');
});
afterAll(() => database.drop());

const digits27 = fc.bigInt({ min: 0n, max: 10n ** 27n });
const ratios = fc.record({
  numerator: fc.bigInt({ min: 1n, max: 10n ** 27n }),
  denominator: fc.bigInt({ min: 1n, max: 10n ** 27n }),
});
const weightLists = fc.array(digits27, { minLength: 1, maxLength: 30 });

async function shares(weights: readonly bigint[], ratio: Ratio) {
  const names = weights.map((_weight, index) => `client/C-${1000 + index}/SOL`);
  const holders = Prisma.sql`
    select * from unnest(${names}::text[], ${names}::text[], ${weights.map(String)}::numeric[])
      as given (account_id, client_id, weight)`;
  const cut = await cutOf(db, holders, ratio);
  const rows = await db.$queryRaw<{ account: string; weight: string; amount: string }[]>`
    select account_id as account, weight::text, amount::text from (${sharesOf(holders, ratio, cut)}) s
      order by account_id collate "C"`;
  return rows.map(({ account, weight, amount }) => ({
    account,
    position: BigInt(weight),
    amount: BigInt(amount),
  }));
}
const sum = (list: readonly bigint[]): bigint => list.reduce((all, one) => all + one, 0n);

describe('sharing out by the database, at 27 digits', () => {
  it('gives each less than one unit more or less than their exact part, nobody less than nothing, and with a rest of less than one unit exactly the total', async () => {
    await fc.assert(
      fc.asyncProperty(weightLists, ratios, async (weights, ratio) => {
        const { numerator, denominator } = ratio;
        const given = await shares(weights, ratio);
        const whole = sum(given.map(({ amount }) => amount));
        const rest = sum(weights) * numerator - whole * denominator;
        expect(rest >= 0n && rest < denominator).toBe(true);
        for (const { position, amount } of given) {
          const off = amount * denominator - position * numerator;
          expect(amount >= 0n && off < denominator && off > -denominator).toBe(true);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('gives exactly what the rule gives in memory, for any total', async () => {
    await fc.assert(
      fc.asyncProperty(weightLists, digits27, async (weights, total) => {
        const held = sum(weights);
        fc.pre(held > 0n);
        const holders = weights.map((position, index) => ({
          account: `client/C-${1000 + index}/SOL`,
          position,
        }));
        const given = await shares(weights, { numerator: total, denominator: held });
        expect(given).toEqual(shareOut(total, holders));
      }),
      { numRuns: 60 },
    );
  });
});
