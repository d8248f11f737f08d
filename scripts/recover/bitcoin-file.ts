/** `--sign` for a Bitcoin vault: a payment as parties get it, signed under the keys of one account. */
import { randomBytes } from 'node:crypto';
import { base64 } from '@scure/base';
import { assemble } from '#lib/chains/bitcoin/assemble.ts';
import { assetFacts } from '#lib/chains/assets.ts';
import { bitcoinContextOf } from '#lib/chains/account-context.ts';
import type { BitcoinContext } from '#lib/chains/bitcoin/context.ts';
import { decode } from '#lib/chains/bitcoin/decode.ts';
import { UNSIGNED_BYTES_MAX } from '#lib/chains/bitcoin/limits.ts';
import { DecodeError, type Decoded } from '#lib/chains/decoded.ts';
import type { ShareBackup } from '#lib/mpc/backup/archive.ts';
import { signBelow } from '#lib/mpc/backup/below-scalar.ts';
import type { RebuiltKey } from '#lib/mpc/backup/rebuild-key.ts';
import { publicKeyOf } from '#lib/mpc/frost/group.ts';
import { formatAmount } from '#lib/protocol/amount.ts';
import { Problem } from '../supervisor/problem.ts';
import { readSmallFile } from './files.ts';
import type { ToSign } from './to-sign.ts';

function contextOf({ suite, groupKey, vault }: ShareBackup, owner: string | null): BitcoinContext {
  // That the key has an address on the chain was checked when the backup was read.
  return bitcoinContextOf({ chain: vault.chain, suite, publicKey: publicKeyOf(groupKey) }, owner);
}

function readPayment(unsigned: Uint8Array, context: BitcoinContext, path: string): Decoded {
  try {
    return decode(unsigned, context);
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    throw new Problem(
      `${path} is no payment out of this account (${error.message}), and nothing is signed unread. Name whose account it is with --owner; leave that out for the custodian's own.`,
    );
  }
}

const btc = (satoshi: string): string => formatAmount(BigInt(satoshi), assetFacts('BTC').decimals);

/** @throws Problem when the file holds no payment out of the account. */
export function readBitcoinToSign(
  path: string,
  archive: ShareBackup,
  owner: string | null,
): ToSign {
  const text = Buffer.from(readSmallFile(path, 2 * UNSIGNED_BYTES_MAX))
    .toString('utf8')
    .trim();
  let unsigned: Uint8Array;
  try {
    unsigned = base64.decode(text);
  } catch {
    throw new Problem(`${path} does not hold base64. Put the PSBT there in base64.`);
  }
  const context = contextOf(archive, owner);
  const { from, to, amount, fee, parts } = readPayment(unsigned, context, path);
  return {
    description: `It pays ${btc(amount)} BTC from the account ${from} to ${to}, with a fee of ${btc(fee)} BTC; it spends ${parts.length} coins, and the rest returns to the account.`,
    sign: (key: RebuiltKey) => {
      const signatures = parts.map((part) =>
        signBelow({ ...key, part, random: new Uint8Array(randomBytes(32)) }),
      );
      const { raw, txid } = assemble(unsigned, context, signatures);
      return [
        `transaction id  ${txid}`,
        `transaction     ${Buffer.from(raw).toString('hex')}`,
        `Any node takes it as it is (sendrawtransaction).`,
      ];
    },
  };
}
