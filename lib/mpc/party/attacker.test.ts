/**
 * An attacker owns the console whole: database, web server and worker. Nothing is signed, and no
 * record of a party changes, but what the pinned people stated. Each party refuses by itself.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { signTransaction } from '../client/sign-transaction.ts';
import { must, randomNonce, transferFor } from '../testing/custody.ts';
import { openLocalCustody, openLocalVault } from '../testing/in-process.ts';
import { attacksOnIntents } from '../testing/attacks/on-intents.ts';
import { attacksOnRecords } from '../testing/attacks/on-records.ts';
import { attacksOnStatements } from '../testing/attacks/on-statements.ts';
import { attacksOnTransactions } from '../testing/attacks/on-transactions.ts';
import { attacksOnStops } from '../testing/attacks/on-stops.ts';
import { openPrices } from '../testing/attacks/prices.ts';
import { attackedRules } from '../testing/attacks/rules.ts';
import { openWorld, recordsOf, type Attack, type World } from '../testing/attacks/world.ts';

const COOLED = 61_000;
let world: World;

beforeAll(async () => {
  const prices = openPrices();
  const custody = openLocalCustody(undefined, undefined, attackedRules(prices.source));
  const vault = await openLocalVault(custody);
  custody.clock.ahead = COOLED;
  world = openWorld(custody, vault, prices);
});
afterAll(() => world.custody.remove());

const parts: readonly [string, readonly Attack[]][] = [
  ['intents', attacksOnIntents],
  ['transactions', attacksOnTransactions],
  ['statements', attacksOnStatements],
  ['records', attacksOnRecords],
];

async function withstand(attack: Attack): Promise<void> {
  const before = recordsOf(world.custody);
  const refusals = await attack.strike(world);
  const { refusal } = attack;
  expect(refusals).toEqual(typeof refusal === 'string' ? refusals.map(() => refusal) : refusal);
  expect(refusals.length).toBeGreaterThan(1);
  if (!attack.hasGenuinePart) expect(recordsOf(world.custody)).toBe(before);
}

const named = (attacks: readonly Attack[]) =>
  attacks.map((attack) => [attack.name, attack] as const);

describe.each(parts)('whoever owns the console gets nothing by way of %s', (_, attacks) => {
  test.each(named(attacks))('%s', async (_name, attack) => withstand(attack));

  test('after all of that, what people did state is signed', async () => {
    const intent = world.withdrawal();
    const transaction = transferFor(world.vault, intent, randomNonce());
    const clients = world.custody.parties.slice(0, 2).map(({ client }) => client);
    must(await signTransaction({ clients, bundle: world.stated(intent), transaction }));
  });
});

describe('whoever owns the console starts nothing again that people stopped', () => {
  test.each(named(attacksOnStops))('%s', async (_name, attack) => withstand(attack));
});

test('there are forty of them at least, each of its own', () => {
  const all = [...parts.flatMap(([, attacks]) => attacks), ...attacksOnStops];
  const names = all.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  expect(names.length).toBeGreaterThanOrEqual(40);
});
