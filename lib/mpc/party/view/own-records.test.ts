import { expect, test } from 'vitest';
import { BITCOIN_REGTEST } from '#lib/chains/bitcoin/networks.ts';
import { DESTINATION_ADDRESS, destinationListing, inputFor } from '#lib/protocol/testing/sample.ts';
import { ownRecordFacts } from './own-records.ts';

const bitcoin = 'bcrt1qw508d6qejxtdg4y5r3zarvary0c5xw7kygt080';
const ethereum = '0x5FbDB2315678afecb367f032d93F642f64180aa3';

function factFor(chain: string, address: string) {
  const destination = { ...destinationListing.destination, id: 'new-one', chain, address };
  const [fact] = ownRecordFacts(
    { ...destinationListing, destination },
    inputFor(destinationListing),
  );
  return fact;
}

test('an address to be listed is one of its chain, in its one spelling, or the party says that it is none', () => {
  for (const [chain, address] of [
    ['solana:sandbox', DESTINATION_ADDRESS],
    [BITCOIN_REGTEST, bitcoin],
    ['eip155:31337', ethereum],
  ] as const)
    expect(factFor(chain, address)?.text, chain).toBe('No destination is called new-one yet.');
  for (const [chain, address] of [
    ['solana:sandbox', bitcoin],
    ['solana:sandbox', `${DESTINATION_ADDRESS}1`],
    [BITCOIN_REGTEST, ethereum],
    [BITCOIN_REGTEST, bitcoin.toUpperCase()],
    [BITCOIN_REGTEST, 'bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4'],
    ['eip155:31337', DESTINATION_ADDRESS],
    ['eip155:31337', ethereum.toLowerCase()],
    ['cosmos:hub', DESTINATION_ADDRESS],
  ] as const)
    expect(factFor(chain, address), `${chain} ${address}`).toMatchObject({
      text: `The address is none of ${chain}.`,
      mark: 'danger',
    });
});
