/** The statements are genuine; what they were made about is not what the parties are handed. */
import { randomUUID } from 'node:crypto';
import type { Intent } from '#lib/protocol/intent.ts';
import { randomAddress } from '../custody.ts';
import { inAnHour } from '../organisation.ts';
import type { Attack, Withdrawal, World } from './world.ts';

/** People stated the one; the parties are handed the other under their statements. */
const swapped =
  (change: (intent: Withdrawal, world: World) => object) =>
  (world: World): Promise<string[]> => {
    const intent = world.withdrawal();
    const bundle = world.stated(intent);
    return world.begin({ ...bundle, intent: { ...intent, ...change(intent, world) } });
  };

const about = (name: string, change: Parameters<typeof swapped>[0]): Attack => ({
  name,
  refusal: 'digest-mismatch',
  strike: swapped(change),
});

export const attacksOnIntents: readonly Attack[] = [
  about('the amount is raised after people stated it', () => ({ amount: '1500001' })),
  about('the fee is raised after people stated it', () => ({ highestFee: '9999999' })),
  about('the vault is another one', () => ({ vault: 'hot-1' })),
  about('the client is another one', () => ({ client: 'C-99999' })),
  about('a memo is added', () => ({ memo: 'for the attacker' })),
  about('the time limit is moved on', () => ({
    notAfter: new Date(Date.parse(inAnHour()) + 1_000).toISOString(),
  })),
  about('the address of the destination is the attacker’s', ({ destination }) => ({
    destination: { ...destination, address: randomAddress() },
  })),
  {
    name: 'the operation is called by another id',
    refusal: 'wrong-operation',
    strike: swapped(() => ({ operation: randomUUID() })),
  },
  {
    name: 'the organisation is another one',
    refusal: 'wrong-organisation',
    strike: swapped(() => ({ organisation: 'other-custody' })),
  },
  {
    name: 'the environment is another one',
    refusal: 'wrong-environment',
    strike: swapped(() => ({ environment: 'production' })),
  },
  {
    name: 'an intent of an unknown kind',
    refusal: 'intent-kind-unknown',
    strike: swapped(() => ({ kind: 'sweep' })),
  },
  {
    name: 'an intent with a field that no party knows',
    refusal: 'intent-malformed',
    strike: swapped(() => ({ alsoTo: randomAddress() })),
  },
  {
    name: 'an amount written in another way',
    refusal: 'intent-malformed',
    strike: swapped(() => ({ amount: '01500000' })),
  },
  {
    name: 'people stated a listing, and the parties are asked to sign with it',
    refusal: 'transaction-unexpected',
    strike: (world) => {
      const listing: Intent = {
        ...world.withdrawal(),
        kind: 'destination-listing',
      } as unknown as Intent;
      const { destination, ...common } = listing as unknown as Withdrawal;
      const { organisation, environment, operation, notAfter, type } = common;
      const whole = {
        type,
        organisation,
        environment,
        operation,
        notAfter,
        kind: 'destination-listing',
        destination: {
          ...destination,
          id: 'new-one',
          address: randomAddress(),
          client: 'C-20418',
          chain: 'solana:sandbox',
          asset: 'SOL',
          class: 'client-wallet',
          evidence: null,
          expiresAt: inAnHour(),
        },
      } as Intent;
      return world.begin(world.stated(whole));
    },
  },
];
