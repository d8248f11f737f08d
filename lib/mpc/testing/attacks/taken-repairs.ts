/** Two keys are repaired at the same party; the taken helper tells the story of the one in the other. */
import { runKeyCeremony } from '../../client/key-ceremony.ts';
import { runKeyRepair } from '../../client/key-repair.ts';
import { keysOf } from '../../party/party.ts';
import { wordAbout } from '../../party/repair-key-word.ts';
import type { SignedEnvelope } from '../../wire/envelope.ts';
import { keyLifeRpc } from '../../wire/key-life-rpc.ts';
import { rpc } from '../../wire/rpc.ts';
import { must } from '../custody.ts';
import { keyCeremonyIntent, keyRepairIntent } from '../organisation.ts';
import { tampered, type Tamper } from '../tampering.ts';
import { clientsOf, loseThird } from './taken-keys.ts';
import { retold } from './taken-sessions.ts';
import { said, TAKEN, type TakenAttack, type TakenWorld } from './taken-world.ts';

const KEY_A = 'key-warm-1';

const repairOf = (world: TakenWorld, key: string) =>
  world.custody.organisation.bundle(keyRepairIntent('recovery', ['control', TAKEN], 1, key));

const repair = (world: TakenWorld, key: string, clients = clientsOf(world)) =>
  runKeyRepair(clients, repairOf(world, key));

let keys = 0;
/** Another key of all three parties. */
async function anotherKey(world: TakenWorld): Promise<string> {
  keys += 1;
  const key = `key-b-${keys}`;
  const intent = keyCeremonyIntent(key, `warm-b-${keys}`);
  must(await runKeyCeremony(clientsOf(world), world.custody.organisation.bundle(intent)));
  return key;
}

/** Plays one with a second key whose share the third party lost too, and repairs both at the end. */
const withTwoKeys = (
  name: string,
  says: TakenAttack['says'],
  strike: (world: TakenWorld, keyB: string) => Promise<readonly string[]>,
): TakenAttack => ({
  name: `while the third party repairs another key, ${name}`,
  says,
  hasGenuinePart: true,
  strike: async (world) => {
    const keyB = await anotherKey(world);
    loseThird(world);
    const answers = await strike(world, keyB);
    for (const key of [KEY_A, keyB]) must(await repair(world, key));
    return answers;
  },
});

/** What the taken party said in a genuine repair of the first key, by path and receiver. */
async function storyOfA(world: TakenWorld): Promise<Map<string, SignedEnvelope>> {
  const told = new Map<string, SignedEnvelope>();
  const listening: Tamper = ({ path, receiver, sent }) => {
    told.set(`${path} ${receiver}`, sent);
    return [sent];
  };
  must(await repair(world, KEY_A, tampered(clientsOf(world), TAKEN, listening)));
  loseThird(world);
  return told;
}

/**
 * In one round of the repair of the second key it says what it said in that of the first; and once more
 * with the second key's name over it.
 */
const retelling = (round: string, path: string): TakenAttack =>
  withTwoKeys(
    `it says its ${round} of the repair of the first`,
    ['envelope-foreign-key', 'envelope-foreign-ceremony'],
    async (world, keyB) => {
      const told = await storyOfA(world);
      const storyIn = (rename: boolean): Tamper => {
        return ({ path: at, receiver, sent }) => {
          const old = told.get(`${at} ${receiver}`);
          if (at !== path || !old) return [sent];
          return [rename ? retold(world, old, { header: { key: keyB } }) : old];
        };
      };
      const answers: string[] = [];
      for (const rename of [false, true]) {
        const clients = tampered(clientsOf(world), TAKEN, storyIn(rename));
        answers.push(said(await repair(world, keyB, clients)));
      }
      return answers;
    },
  );

const begin = ({ client }: TakenWorld['third'], bundle: ReturnType<typeof repairOf>) =>
  client.call(rpc.repairBegin, { bundle });

export const attacksOnRepairs: readonly TakenAttack[] = [
  withTwoKeys(
    'statements for the first are shown with the second in their place',
    ['wrong-operation', 'digest-mismatch'],
    async (world, keyB) => {
      const [a, b] = [repairOf(world, KEY_A), repairOf(world, keyB)];
      const renamed = { ...a.intent, key: keyB } as typeof a.intent;
      return [
        said(await begin(world.third, { intent: b.intent, statements: a.statements })),
        said(await begin(world.third, { intent: renamed, statements: a.statements })),
      ];
    },
  ),
  withTwoKeys(
    'the helpers are shown the bundle of the first, and it the second',
    ['envelope-foreign-key', 'repair-unknown'],
    async (world, keyB) => {
      const lost = must(await begin(world.third, repairOf(world, keyB)));
      const bundleA = repairOf(world, KEY_A);
      const begun = [
        must(await begin(world.control, bundleA)),
        must(await begin(world.taken, bundleA)),
      ];
      const envelopes = begun.flatMap((value) => (value.state === 'begun' ? [value.envelope] : []));
      const reveal = (key: string) =>
        world.third.client.call(keyLifeRpc.repairReveal, { key, envelopes });
      if (lost.state !== 'begun') throw new Error('Its share is lost.');
      return [said(await reveal(keyB)), said(await reveal(KEY_A))];
    },
  ),
  withTwoKeys(
    'it says of the second what is so of the first',
    ['repair-key-differs: custody'],
    async (world, keyB) => {
      const first = keysOf(world.taken.party).find(({ key }) => key === KEY_A);
      if (!first) throw new Error('It has a share of the first key.');
      const change: Tamper = ({ path, sent }) => [
        path === keyLifeRpc.repairReveal.path
          ? retold(world, sent, { payload: { word: wordAbout(first) } })
          : sent,
      ];
      return [said(await repair(world, keyB, tampered(clientsOf(world), TAKEN, change)))];
    },
  ),
  retelling('opening', keyLifeRpc.repairReveal.path),
  retelling('package', keyLifeRpc.repairEcho.path),
  retelling('part', keyLifeRpc.repairSum.path),
  retelling('sum', keyLifeRpc.repairFinish.path),
];
