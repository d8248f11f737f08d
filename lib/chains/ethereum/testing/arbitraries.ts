/** Random transfers for property tests, with the key of the account that sends them. */
import fc from 'fast-check';
import { bytesToHex } from '@noble/hashes/utils.js';
import { addressOfBytes } from '../address.ts';
import type { TransferInput } from '../build.ts';
import type { EthereumContext } from '../context.ts';
import {
  AMOUNT_MAX,
  ETHER_GAS_MAX,
  FEE_PER_GAS_MAX,
  GAS_MIN,
  NONCE_MAX,
  TOKEN_GAS_MAX,
} from '../limits.ts';
import { softwareKey, type SoftwareKey } from '../software-key.ts';

export const addressText = fc
  .uint8Array({ minLength: 20, maxLength: 20 })
  .filter((bytes) => bytes.some((byte) => byte !== 0))
  .map(addressOfBytes);

/** A few keys made once: making one takes longer than decoding a transfer. */
const keys = Array.from({ length: 8 }, (_, index) =>
  softwareKey(new Uint8Array(32).fill(index + 1)),
);

export type Case = { input: TransferInput; context: EthereumContext; key: SoftwareKey };

export const contextOf = (
  key: SoftwareKey,
  token: string,
  chain = 'eip155:31337',
): EthereumContext => ({
  chain,
  account: { publicKey: bytesToHex(key.publicKey), path: [5, 0, 20418, 0] },
  tokens: [{ asset: 'EURC', contract: token }],
});

export const transferCase: fc.Arbitrary<Case> = fc
  .record({
    key: fc.constantFrom(...keys),
    addresses: fc.uniqueArray(addressText, { minLength: 2, maxLength: 2 }),
    chain: fc.constantFrom('eip155:1', 'eip155:31337', 'eip155:999999999999999'),
    isToken: fc.boolean(),
    nonce: fc.oneof(fc.bigInt({ min: 0n, max: 300n }), fc.bigInt({ min: 0n, max: NONCE_MAX })),
    amount: fc.oneof(
      fc.bigInt({ min: 1n, max: 300n }),
      fc.bigInt({ min: 1n, max: 10n ** 24n }),
      fc.bigInt({ min: 1n, max: AMOUNT_MAX }),
    ),
    etherGas: fc.bigInt({ min: GAS_MIN, max: ETHER_GAS_MAX }),
    tokenGas: fc.bigInt({ min: GAS_MIN, max: TOKEN_GAS_MAX }),
    fees: fc.array(fc.bigInt({ min: 1n, max: FEE_PER_GAS_MAX }), { minLength: 2, maxLength: 2 }),
  })
  .map(({ key, addresses, chain, isToken, nonce, amount, etherGas, tokenGas, fees }) => {
    const [to = '', token = ''] = addresses;
    const [one = 1n, two = 1n] = fees;
    const input = {
      chain,
      nonce,
      to,
      amount,
      token: isToken ? token : null,
      gasLimit: isToken ? tokenGas : etherGas,
      maxFeePerGas: one > two ? one : two,
      maxPriorityFeePerGas: one > two ? two : one,
    };
    return { input, context: contextOf(key, token, chain), key };
  });
