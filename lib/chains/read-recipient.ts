/** An address that somebody gave, read as the chain's own tools would, with what is wrong said to people. */
import {
  readAddress as readBitcoin,
  type AddressRefusal as BitcoinFault,
} from './bitcoin/address.ts';
import {
  readAddress as readEthereum,
  type AddressRefusal as EthereumFault,
} from './ethereum/address.ts';
import { isReserved } from './ethereum/known-addresses.ts';
import { chainFacts } from './registry.ts';
import { isSolanaAddress } from './solana/address.ts';
import { noRecipient } from './solana/known-addresses.ts';

export type RecipientFault =
  | 'address-malformed'
  /** Nobody has it: what is sent there is lost. */
  | 'no-recipient';

export type Recipient =
  /** In its one spelling. */
  { ok: true; address: string } | { ok: false; fault: RecipientFault; sentence: string };

const copyAgain = 'Copy it again, whole, from where the client gave it.';

const bitcoinSentences: Readonly<Record<BitcoinFault, string>> = {
  'address-unreadable': `This is not a Bitcoin address. ${copyAgain}`,
  'address-mixed-case': `A Bitcoin address has small letters only, or capitals only. ${copyAgain}`,
  'address-checksum-wrong': `At least one character of this address is wrong. ${copyAgain}`,
  'address-wrong-network':
    'This address is of another Bitcoin network. Ask the client for one of the network chosen here.',
  'address-witness-version-unknown':
    'This address is of a kind that Bitcoin has not put in force. Coins sent there could be taken by anybody: ask the client for another.',
  'address-program-length-wrong':
    'This address has a length that no key or script of Bitcoin has. Ask the client for another.',
  'address-off-curve':
    'There is no key behind this taproot address, so what is sent there is lost. Ask the client for another.',
};

const ethereumSentences: Readonly<Record<EthereumFault, string>> = {
  'address-not-hex': `An Ethereum address is 0x and 40 digits from 0 to 9 and a to f. ${copyAgain}`,
  'address-wrong-length': `An Ethereum address has 40 digits behind 0x. ${copyAgain}`,
  'address-without-checksum':
    'This address has no checksum: its letters are all small or all capital, so nothing shows that it was copied right. Copy it from the wallet or a block explorer, which show it in mixed case.',
  'address-wrong-checksum': `At least one character of this address is wrong. ${copyAgain}`,
  'address-zero':
    'This is the zero address, not a client’s address: what is sent there is lost. Ask the client for theirs.',
};

const reserved =
  'This address belongs to the network itself or is one where tokens are burnt: what is sent there is lost. Ask the client for theirs.';

const malformed = (sentence: string): Recipient => ({
  ok: false,
  fault: 'address-malformed',
  sentence,
});

/** @throws for a chain that is not in the registry: a broken invariant. */
export function readRecipient(chain: string, text: string): Recipient {
  switch (chainFacts(chain).family) {
    case 'solana':
      return readSolana(text);
    case 'bitcoin': {
      const read = readBitcoin(text, chain);
      return read.ok
        ? { ok: true, address: read.address }
        : malformed(bitcoinSentences[read.refusal]);
    }
    case 'ethereum': {
      const read = readEthereum(text);
      if (read.ok)
        return isReserved(read.address)
          ? { ok: false, fault: 'no-recipient', sentence: reserved }
          : { ok: true, address: read.address };
      const sentence = ethereumSentences[read.refusal];
      return read.refusal === 'address-zero'
        ? { ok: false, fault: 'no-recipient', sentence }
        : malformed(sentence);
    }
  }
}

function readSolana(address: string): Recipient {
  if (!isSolanaAddress(address))
    return malformed('This is not a Solana address. Paste it whole, as the client gave it.');
  const lost = noRecipient(address);
  return lost === null
    ? { ok: true, address }
    : {
        ok: false,
        fault: 'no-recipient',
        sentence: `This is ${lost}, not a client’s address: what is sent there is lost. Ask the client for theirs.`,
      };
}
