/** The keys and payments that are measured: every payment is of another client, every key of another vault. */
import { benchedSuites, type BenchedSuite } from './bench-suite-maths.ts';
import { runKeyCeremony } from './client/key-ceremony.ts';
import { adopt } from './client/party-client.ts';
import {
  accountOf,
  bitcoinListing,
  bitcoinWithdrawal,
  outside,
  paymentFor,
} from './testing/bitcoin.ts';
import { must, type Custody } from './testing/custody.ts';
import { keyCeremonyIntent } from './testing/organisation.ts';

/** A payment, and the statements behind it. */
export type Work = {
  payment: ReturnType<typeof paymentFor>;
  bundle: ReturnType<Custody['organisation']['bundle']>;
};

/** States the ceremony of a vault's key. @returns what makes it, until it signs; its public key is the result. */
export function drawKey(
  { parties, organisation }: Custody,
  suite: BenchedSuite,
  place: number,
): () => Promise<string> {
  const names = [`key-warm-${place}`, `warm-${place}`] as const;
  const bundle = organisation.bundle(
    keyCeremonyIntent(...names, undefined, benchedSuites[suite].key),
  );
  const clients = parties.map(({ client }) => client);
  return async () => must(await runKeyCeremony(clients, bundle)).publicKey;
}

/**
 * Payments, each of another client: nobody has worked out the keys of its account before. A destination
 * is listed for each; that is not part of what is measured.
 */
export function drawWork(custody: Custody, suite: BenchedSuite, publicKey: string) {
  const address = outside();
  let drawn = 0;
  /** @param of.amount is as much as only all of the coins can pay. */
  return async (of: { amounts: readonly bigint[]; amount: bigint }): Promise<Work> => {
    drawn += 1;
    const client = `C-${10_000 + drawn}`;
    const destination = { id: `bench-${drawn}`, address };
    const listing = custody.organisation.bundle(bitcoinListing(destination.id, address, client));
    await Promise.all(
      custody.parties.map(async (party) => must(await adopt(party.client, listing))),
    );
    const account = accountOf(publicKey, client, benchedSuites[suite].account);
    const payment = paymentFor(account, address, of);
    if (payment.parts.length !== of.amounts.length) throw new Error('Every coin is needed.');
    const intent = bitcoinWithdrawal(destination, String(of.amount), client);
    return { payment, bundle: custody.organisation.bundle(intent) };
  };
}
