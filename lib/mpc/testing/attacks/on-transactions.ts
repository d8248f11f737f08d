/** Everything people stated is genuine; the transaction to be signed is the attacker's. */
import { buildTransfer } from '#lib/chains/solana/build.ts';
import { signTransaction } from '../../client/sign-transaction.ts';
import { must, randomAddress, randomNonce, transferFor } from '../custody.ts';
import type { Attack, RawTransaction, Withdrawal, World } from './world.ts';

const built = (
  { vault }: World,
  intent: Withdrawal,
  changes: Partial<Parameters<typeof buildTransfer>[0]>,
): RawTransaction => ({
  chain: intent.chain,
  message: buildTransfer({
    feePayer: randomAddress(),
    from: vault.address,
    to: intent.destination.address,
    lamports: BigInt(intent.amount),
    memo: intent.memo,
    nonce: randomNonce(),
    ...changes,
  }),
});

const paying = (
  name: string,
  refusal: string,
  changes: (world: World) => Partial<Parameters<typeof buildTransfer>[0]>,
): Attack => ({
  name,
  refusal,
  strike: (world) => {
    const intent = world.withdrawal();
    return world.begin(world.stated(intent), built(world, intent, changes(world)));
  },
});

/** The last bytes of a message, changed. */
function patched(world: World, change: (message: Uint8Array) => Uint8Array): Promise<string[]> {
  const intent = world.withdrawal();
  const { chain, message } = transferFor(world.vault, intent, randomNonce());
  return world.begin(world.stated(intent), { chain, message: change(message) });
}

export const attacksOnTransactions: readonly Attack[] = [
  paying('it pays the attacker', 'transaction-recipient-differs', () => ({ to: randomAddress() })),
  paying('it pays one unit more', 'transaction-amount-differs', () => ({ lamports: 1_500_001n })),
  paying('it takes from an account that is no vault’s', 'transaction-source-differs', () => ({
    from: randomAddress(),
  })),
  paying('it carries a memo that nobody stated', 'transaction-memo-differs', () => ({
    memo: 'hello',
  })),
  {
    name: 'it is cut short',
    refusal: 'transaction-undecodable',
    strike: (world) => patched(world, (message) => message.subarray(0, -1)),
  },
  {
    name: 'something follows it',
    refusal: 'transaction-undecodable',
    strike: (world) => patched(world, (message) => Uint8Array.from([...message, 0])),
  },
  {
    name: 'it is in a later form of message',
    refusal: 'transaction-undecodable',
    strike: (world) => patched(world, (message) => Uint8Array.from([0x80, ...message])),
  },
  {
    name: 'it is a text that people may be asked to sign elsewhere',
    refusal: 'transaction-undecodable',
    strike: (world) => patched(world, () => Buffer.from('Sign in to attacker.example')),
  },
  {
    name: 'it is for another chain',
    refusal: 'transaction-chain-differs',
    strike: (world) => {
      const intent = world.withdrawal();
      const { message } = transferFor(world.vault, intent, randomNonce());
      return world.begin(world.stated(intent), { chain: 'solana:mainnet', message });
    },
  },
  {
    name: 'a second one of an operation that was signed, which could count beside the first',
    refusal: 'transaction-does-not-conflict',
    hasGenuinePart: true,
    strike: async (world) => {
      const intent = world.withdrawal();
      const bundle = world.stated(intent);
      const clients = world.custody.parties.slice(0, 2).map(({ client }) => client);
      const first = transferFor(world.vault, intent, randomNonce());
      must(await signTransaction({ clients, bundle, transaction: first }));
      return world.begin(bundle, transferFor(world.vault, intent, randomNonce()));
    },
  },
  {
    name: 'one that was signed for another operation',
    refusal: 'transaction-of-another-operation',
    hasGenuinePart: true,
    strike: async (world) => {
      const [intent, other] = [world.withdrawal(), world.withdrawal()];
      const clients = world.custody.parties.slice(0, 2).map(({ client }) => client);
      const raw = transferFor(world.vault, intent, randomNonce());
      must(await signTransaction({ clients, bundle: world.stated(intent), transaction: raw }));
      return world.begin(world.stated(other), raw);
    },
  },
];
