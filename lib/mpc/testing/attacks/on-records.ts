/** Rosters, policies, destinations, prices and keys as the attacker would like the parties to have them. */
import { digestOf, type Intent } from '#lib/protocol/intent.ts';
import type { OperationBundle } from '#lib/protocol/bundle.ts';
import { offerGenesis } from '../../client/party-client.ts';
import type { RpcMethod } from '../../wire/rpc-method.ts';
import { rpc, type RpcRequest } from '../../wire/rpc.ts';
import { randomAddress } from '../custody.ts';
import {
  commonIntent,
  foundOrganisation,
  keyCeremonyIntent,
  keyRefreshIntent,
  keyRepairIntent,
  listingIntent,
  rosterChangeIntent,
} from '../organisation.ts';
import { looserPolicyIntent } from '../stops.ts';
import type { Attack, World } from './world.ts';

/** Asks all parties for the first round of something that takes statements. */
const first = async <A>(
  { custody }: World,
  method: RpcMethod<RpcRequest<'ceremonyBegin'>, A>,
  bundle: OperationBundle,
): Promise<string[]> =>
  Promise.all(
    custody.parties.map(async ({ client }) => {
      const begun = await client.call(method, { bundle });
      if (!begun.ok) return begun.refusal;
      const { value } = begun;
      return typeof value === 'object' && value && 'state' in value ? String(value.state) : 'begun';
    }),
  );

const raiseAlone = ({ custody }: World, intent: Intent): OperationBundle => ({
  intent,
  statements: [custody.organisation.say('raisa', 'raise', intent)],
});

const withPolicy = (world: World, changes: object): Intent => {
  const { policy } = world.custody.organisation;
  return {
    ...looserPolicyIntent(policy),
    policy: { ...policy, version: 2, previous: digestOf(policy), ...changes },
  };
};

const withRoster = (world: World, changes: object): Intent =>
  ({
    ...commonIntent(),
    kind: 'roster-change',
    roster: {
      ...(rosterChangeIntent(world.custody.organisation.roster) as { roster?: object }).roster,
      ...changes,
    },
  }) as Intent;

export const attacksOnRecords: readonly Attack[] = [
  {
    name: 'a later roster that nobody but its raiser stated',
    refusal: 'statements-incomplete',
    strike: (world) =>
      world.take(raiseAlone(world, rosterChangeIntent(world.custody.organisation.roster))),
  },
  {
    name: 'a roster that leaves a version out',
    refusal: 'version-gap',
    strike: (world) => world.take(world.stated(withRoster(world, { version: 3 }))),
  },
  {
    name: 'a roster that follows another one than that in force',
    refusal: 'version-does-not-follow',
    strike: (world) => world.take(world.stated(withRoster(world, { previous: 'ab'.repeat(32) }))),
  },
  {
    name: 'a looser policy before its time-lock is over',
    refusal: 'time-lock-running',
    strike: (world) =>
      world.take(world.stated(looserPolicyIntent(world.custody.organisation.policy))),
  },
  {
    name: 'a policy under which one person is enough',
    refusal: 'policy-weaker-than-floor',
    strike: (world) => {
      const { rules } = world.custody.organisation.policy;
      const needs = [{ group: 'control', decision: 'approve', people: 1 }];
      const alone = rules.map((rule) => ({ ...rule, outcome: { effect: 'allow', needs } }));
      return world.take(world.stated(withPolicy(world, { rules: alone })));
    },
  },
  {
    name: 'the first policy once more, as a later one',
    refusal: 'version-does-not-follow',
    strike: (world) => world.take(world.stated(withPolicy(world, { version: 1, previous: null }))),
  },
  {
    name: 'a genesis of the attacker’s own',
    refusal: 'genesis-exists',
    strike: async ({ custody }) => {
      const { genesis } = foundOrganisation(custody.organisation.roster.parties);
      return Promise.all(
        custody.parties.map(async ({ client }) => {
          const offered = await offerGenesis(client, genesis);
          return offered.ok ? 'offered' : offered.refusal;
        }),
      );
    },
  },
  {
    name: 'a destination listed in the database alone',
    refusal: 'destination-not-listed',
    strike: (world) => {
      const destination = { id: 'attacker', address: randomAddress() };
      return world.begin(world.stated(world.withdrawal('1500000', { destination })));
    },
  },
  {
    name: 'a listed destination under another address, stated as the console showed it',
    refusal: 'destination-address-differs',
    strike: (world) => {
      const destination = { id: world.vault.destination.id, address: randomAddress() };
      return world.begin(world.stated(world.withdrawal('1500000', { destination })));
    },
  },
  {
    name: 'the destination of one client for another',
    refusal: 'destination-client-differs',
    strike: (world) =>
      world.begin(world.stated(world.withdrawal('1500000', { client: 'C-99999' }))),
  },
  {
    name: 'a destination that was listed a moment ago',
    refusal: 'destination-cooling-down',
    hasGenuinePart: true,
    strike: async (world) => {
      const destination = { id: `new-${Date.now()}`, address: randomAddress() };
      await world.take(world.custody.organisation.bundle(listingIntent(destination)));
      return world.begin(world.stated(world.withdrawal('1500000', { destination })));
    },
  },
  {
    name: 'an amount above the cap, stated by everybody',
    refusal: 'cap-exceeded',
    strike: (world) => world.begin(world.stated(world.withdrawal('500000000001'))),
  },
  {
    name: 'a price that the attacker signed',
    refusal: 'fact-unauthentic',
    strike: (world) => {
      const { prices, custody } = world;
      const word = prices.word({
        at: custody.clock.ahead,
        by: prices.stranger,
        changes: { microEur: '1' },
      });
      return world.begin({ ...world.stated(world.withdrawal()), facts: [word] });
    },
  },
  {
    name: 'a genuine price with another figure in it',
    refusal: 'fact-unauthentic',
    strike: (world) => {
      const [word] = world.facts();
      const fact = { ...word?.fact, microEur: '1' };
      return world.begin({ ...world.stated(world.withdrawal()), facts: [{ ...word, fact }] });
    },
  },
  {
    name: 'a genuine price of yesterday',
    refusal: 'fact-missing',
    strike: (world) => {
      const word = world.prices.word({ at: world.custody.clock.ahead - 86_400_000 });
      return world.begin({ ...world.stated(world.withdrawal()), facts: [word] });
    },
  },
  {
    name: 'a genuine price of another asset',
    refusal: 'fact-missing',
    strike: (world) => {
      const changes = { asset: 'USDC' } as const;
      const word = world.prices.word({ at: world.custody.clock.ahead, changes });
      return world.begin({ ...world.stated(world.withdrawal()), facts: [word] });
    },
  },
  {
    name: 'no price at all',
    refusal: 'fact-missing',
    strike: (world) => world.begin({ ...world.stated(world.withdrawal()), facts: [] }),
  },
  {
    name: 'a large amount without the code of the second channel',
    refusal: 'channel-code-missing',
    strike: (world) => world.begin(world.stated(world.withdrawal('100000000000'))),
  },
  {
    name: 'a large amount with a code that the console made up',
    refusal: 'channel-code-wrong',
    strike: (world) => {
      const intent = world.withdrawal('100000000000');
      const bundle = world.custody.organisation.bundle(intent, { channelCode: '00000000' });
      return world.begin({ ...bundle, facts: world.facts() });
    },
  },
  {
    name: 'a key ceremony that the third group did not state',
    refusal: ['statements-incomplete', 'statements-incomplete', 'own-group-missing'],
    strike: (world) => {
      const bundle = world.stated(keyCeremonyIntent('key-2', 'warm-2'));
      const { facts: _facts, ...rest } = bundle;
      return first(world, rpc.ceremonyBegin, { ...rest, statements: rest.statements.slice(0, 3) });
    },
  },
  {
    name: 'a second key for a vault that has one',
    refusal: 'vault-exists',
    strike: (world) =>
      first(
        world,
        rpc.ceremonyBegin,
        world.custody.organisation.bundle(keyCeremonyIntent('key-2', 'warm-1')),
      ),
  },
  {
    name: 'a refresh of an epoch that is not in force',
    refusal: 'key-epoch-differs',
    strike: (world) =>
      first(world, rpc.refreshBegin, world.custody.organisation.bundle(keyRefreshIntent(7))),
  },
  {
    name: 'a repair of a share that is there, by a helper that is no party',
    // The party that holds it says so, and takes part in nothing.
    refusal: ['ceremony-parties-order', 'ceremony-parties-order', 'held'],
    strike: (world) =>
      first(
        world,
        rpc.repairBegin,
        world.custody.organisation.bundle(keyRepairIntent('recovery', ['control', 'stranger'])),
      ),
  },
];
