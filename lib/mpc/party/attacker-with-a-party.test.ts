/**
 * An attacker owns the console and one party as well: its keys, its store, its memory. Nothing is
 * signed but what people stated, no nonce serves twice, and an honest party says who it was wherever
 * that can be told.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { adopt } from '../client/party-client.ts';
import { signTransaction } from '../client/sign-transaction.ts';
import { openPrices } from '../testing/attacks/prices.ts';
import { attackedRules } from '../testing/attacks/rules.ts';
import {
  attacksByTalk,
  attacksOnAFreeze,
  canSign,
  frozenBy,
  tellControl,
} from '../testing/attacks/taken-talk.ts';
import { attacksOnCounts } from '../testing/attacks/taken-counts.ts';
import { attacksOnKeys } from '../testing/attacks/taken-keys.ts';
import { attacksOnRepairs } from '../testing/attacks/taken-repairs.ts';
import { attacksOnTheOtherSigner, attacksWithAShare } from '../testing/attacks/taken-signing.ts';
import { attacksByTime } from '../testing/attacks/taken-time.ts';
import {
  neverStated,
  openTakenWorld,
  type TakenAttack,
  type TakenWorld,
} from '../testing/attacks/taken-world.ts';
import { recordsOf } from '../testing/attacks/world.ts';
import { must, randomNonce, transferFor } from '../testing/custody.ts';
import { openLocalCustody, openLocalVault } from '../testing/in-process.ts';
import { talk } from '../testing/peer-talk.ts';
import { alone, freezeIntent, releaseOf } from '../testing/stops.ts';

const COOLED = 61_000;
let world: TakenWorld;

beforeAll(async () => {
  const prices = openPrices();
  const custody = openLocalCustody(undefined, undefined, attackedRules(prices.source));
  const vault = await openLocalVault(custody);
  custody.clock.ahead = COOLED;
  world = openTakenWorld(custody, vault, prices);
});
afterAll(() => world.custody.remove());

const parts: readonly [string, readonly TakenAttack[]][] = [
  ['what it says to the other signer', attacksOnTheOtherSigner],
  ['what it makes of shares and signatures', attacksWithAShare],
  ['what it tells the others', attacksByTalk],
  ['what it says that it let leave', attacksOnCounts],
  ['time', attacksByTime],
  ['what it does to keys', attacksOnKeys],
  ['the story of another key', attacksOnRepairs],
];

async function withstand({ says, strike, hasGenuinePart }: TakenAttack): Promise<void> {
  const honest = { parties: [world.control, world.third] };
  const before = recordsOf(honest);
  expect(await strike(world)).toEqual(says);
  if (!hasGenuinePart) expect(recordsOf(honest)).toBe(before);
  expect(new Set(world.usedNonces).size).toBe(world.usedNonces.length);
  expect(neverStated(world)).toEqual([]);
}

const named = (attacks: readonly TakenAttack[]) =>
  attacks.map((attack) => [attack.name, attack] as const);

async function signsWhatIsStated(): Promise<void> {
  const intent = world.withdrawal();
  const transaction = transferFor(world.vault, intent, randomNonce());
  const clients = [world.control.client, world.taken.client];
  must(await signTransaction({ clients, bundle: world.stated(intent), transaction }));
}

describe.each(parts)('whoever owns a party too gets nothing by way of %s', (_, attacks) => {
  test.each(named(attacks))('%s', (_name, attack) => withstand(attack));

  test('after all of that, what people did state is signed', signsWhatIsStated);
});

describe('whoever owns a party too does not end a freeze', () => {
  test.each(named(attacksOnAFreeze))('%s', (_name, attack) => withstand(attack));

  test('after people released it, what they state is signed', async () => {
    const { custody, control, taken, third } = world;
    const release = releaseOf(custody.organisation, frozenBy(world));
    await talk(control.party, taken.party, third.party);
    for (const { client } of [control, taken, third]) must(await adopt(client, release));
    await talk(control.party, taken.party, third.party);
    await signsWhatIsStated();
  });

  test('what a person did state counts, also where it is the attacker who tells it', async () => {
    expect(await canSign(world)).toBe('agreed');
    await tellControl(world, alone(world.custody.organisation, freezeIntent()));
    expect(await canSign(world)).toBe('everything-frozen');
  });
});

test('there are a dozen of them at least, each of its own', () => {
  const all = [...parts.flatMap(([, attacks]) => attacks), ...attacksOnAFreeze];
  expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
  expect(all.length).toBeGreaterThanOrEqual(12);
});
