/**
 * What somebody has in hand who owns the console whole, database, web server and worker: everything
 * the sample people ever signed, and the parties' sockets. Not their keys, and no party.
 */
import type { OperationBundle } from '#lib/protocol/bundle.ts';
import type { Intent } from '#lib/protocol/intent.ts';
import type { SignedFact } from '#lib/protocol/signed-facts.ts';
import { adopt } from '../../client/party-client.ts';
import { encodeBase64url } from '../../wire/encoding.ts';
import { rpc } from '../../wire/rpc.ts';
import { randomNonce, transferFor, type Vault } from '../custody.ts';
import type { LocalCustody, LocalParty } from '../in-process.ts';
import { withdrawalIntent } from '../organisation.ts';
import type { Prices } from './prices.ts';

export type RawTransaction = { chain: string; message: Uint8Array };
export type Withdrawal = Extract<Intent, { kind: 'withdrawal' }>;

export type World = {
  custody: LocalCustody;
  vault: Vault;
  prices: Prices;
  /** A withdrawal to the listed destination, as people would raise it. */
  withdrawal(amount?: string, changes?: Partial<Withdrawal>): Withdrawal;
  /** Fresh words of the sources that the policy names. */
  facts(): SignedFact[];
  /** Its statements are those people made for it, with facts beside them. */
  stated(intent: Intent): OperationBundle;
  /** Asks both online parties to begin a signature; what each says. */
  begin(bundle: unknown, raw?: RawTransaction): Promise<string[]>;
  /** Asks all parties to take a change into their records; what each says. */
  take(bundle: unknown): Promise<string[]>;
};

export type Attack = {
  name: string;
  /** The name by which every party that is asked refuses, or that of each in turn. */
  refusal: string | readonly string[];
  /** Something genuine happens first, so records change by that. */
  hasGenuinePart?: true;
  strike: (world: World) => Promise<string[]>;
};

export const quorum = ['control', 'custody'];

const hasTransfer = (bundle: unknown): bundle is { intent: Withdrawal } =>
  (bundle as { intent?: { kind?: unknown } }).intent?.kind === 'withdrawal';

export function openWorld(custody: LocalCustody, vault: Vault, prices: Prices): World {
  const online = custody.parties.slice(0, 2);
  const facts = (): SignedFact[] => [prices.word({ at: custody.clock.ahead })];
  return {
    custody,
    vault,
    prices,
    facts,
    withdrawal: (amount = '1500000', changes = {}) => ({
      ...(withdrawalIntent(vault.destination, amount) as Withdrawal),
      ...changes,
    }),
    stated: (intent) => ({ ...custody.organisation.bundle(intent), facts: facts() }),
    begin: (bundle, raw) => {
      const { chain, message } =
        raw ??
        transferFor(
          vault,
          // What is no withdrawal has no transfer; any will do then.
          hasTransfer(bundle) ? bundle.intent : withdrawalIntent(vault.destination),
          randomNonce(),
        );
      const transaction = { chain, message: encodeBase64url(message) };
      return Promise.all(
        online.map(async ({ client }) => {
          const request = { bundle: bundle as OperationBundle, transaction, quorum };
          const begun = await client.call(rpc.signBegin, request);
          return begun.ok ? 'begun' : begun.refusal;
        }),
      );
    },
    take: (bundle) =>
      Promise.all(
        custody.parties.map(async ({ client }) => {
          const taken = await adopt(client, bundle as OperationBundle);
          return taken.ok ? 'taken' : taken.refusal;
        }),
      ),
  };
}

/** Everything in a party's store that lets something leave or says who may. */
export function recordsOf({ parties }: { parties: readonly LocalParty[] }): string {
  const tables = ['ties', 'spends', 'decrees', 'keys', 'destinations', 'freezes'];
  return JSON.stringify(
    parties.map(({ party }) =>
      tables.map((name) => party.database.all(`select * from ${name} order by rowid`)),
    ),
  );
}
