/**
 * What people stopped, the attacker would like to go on. Each of these changes the parties' records
 * for good, so they come last, in this order: the freeze of everything ends it.
 */
import { must, randomAddress } from '../custody.ts';
import { commonIntent, listingIntent } from '../organisation.ts';
import { alone, freezeIntent, releaseOf, revocationIntent } from '../stops.ts';
import type { Attack, World } from './world.ts';

const taken = async (world: World, bundle: unknown): Promise<void> => {
  for (const answer of await world.take(bundle))
    if (answer !== 'taken') throw new Error(`a stop was refused: ${answer}`);
};

export const attacksOnStops: readonly Attack[] = [
  {
    name: 'a destination that was removed is served as listed, its listing once more',
    refusal: 'destination-removed',
    hasGenuinePart: true,
    strike: async (world) => {
      const { organisation, clock } = world.custody;
      const destination = { id: 'former', address: randomAddress() };
      const listing = organisation.bundle(listingIntent(destination));
      await taken(world, listing);
      const removal = {
        ...commonIntent(),
        kind: 'destination-removal' as const,
        destination: 'former',
        reasonCommitment: 'ab'.repeat(32),
      };
      await taken(world, alone(organisation, removal));
      // The same again is answered as before, and lists nothing.
      await world.take(listing);
      clock.ahead += 61_000;
      return world.begin(world.stated(world.withdrawal('1500000', { destination })));
    },
  },
  {
    name: 'a removed destination is listed anew under its name',
    refusal: 'destination-exists',
    strike: (world) => {
      const destination = { id: 'former', address: randomAddress() };
      return world.take(world.custody.organisation.bundle(listingIntent(destination)));
    },
  },
  {
    name: 'a vault that was frozen, the freeze withheld by the console',
    refusal: 'vault-frozen',
    hasGenuinePart: true,
    strike: async (world) => {
      const freeze = freezeIntent({ what: 'vault', vault: 'warm-1' });
      await taken(world, alone(world.custody.organisation, freeze));
      return world.begin(world.stated(world.withdrawal()));
    },
  },
  {
    name: 'its release with as many people as a withdrawal takes',
    refusal: ['statements-incomplete', 'statements-incomplete', 'statements-incomplete'],
    strike: (world) => {
      const { organisation, parties } = world.custody;
      const [row] = must({
        ok: true as const,
        value: parties[0].party.database.all('select operation from freezes'),
      });
      const bundle = releaseOf(organisation, String(row?.['operation']));
      const { statements } = bundle;
      return world.take({ ...bundle, statements: statements.filter((_, place) => place !== 1) });
    },
  },
  {
    name: 'the release of a freeze that nobody made',
    refusal: 'freeze-unknown',
    strike: (world) => world.take(releaseOf(world.custody.organisation, commonIntent().operation)),
  },
  {
    name: 'a person whose key was revoked, the revocation withheld by the console',
    refusal: 'credential-revoked',
    hasGenuinePart: true,
    strike: async (world) => {
      const { organisation } = world.custody;
      await taken(world, alone(organisation, revocationIntent(organisation, 'adam'), 'cora'));
      return world.begin(world.stated(world.withdrawal()));
    },
  },
  {
    name: 'what that person stated before their key was revoked',
    refusal: 'credential-revoked',
    strike: (world) => {
      const intent = world.withdrawal();
      const early = { issuedAt: new Date(Date.now() - 600_000).toISOString() };
      const bundle = world.custody.organisation.bundle(intent, early);
      return world.begin({ ...bundle, facts: world.facts() });
    },
  },
  {
    name: 'everything is frozen, and a listing is stated by everybody',
    refusal: 'everything-frozen',
    hasGenuinePart: true,
    strike: async (world) => {
      const { organisation } = world.custody;
      await taken(world, alone(organisation, freezeIntent(), 'raisa'));
      const intent = listingIntent({ id: 'late', address: randomAddress() });
      const statements = [
        organisation.say('remy', 'raise', intent),
        organisation.say('raisa', 'approve', intent),
        organisation.say('cora', 'cosign', intent),
      ];
      return world.take({ intent, statements });
    },
  },
];
