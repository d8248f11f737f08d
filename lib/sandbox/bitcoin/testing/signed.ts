/** Transactions signed in software with @scure/btc-signer: what the stand-in's judge has to check. */
import { p2tr, p2wpkh, RawTx, Transaction } from '@scure/btc-signer';
import { secp256k1 } from '@noble/curves/secp256k1.js';

const REGTEST = { bech32: 'bcrt', pubKeyHash: 0x6f, scriptHash: 0xc4, wif: 0xef };

export type TestKey = {
  secret: Uint8Array;
  /** P2WPKH address and script. */
  segwit: { address: string; script: Uint8Array };
  /** P2TR address and script, key path only. */
  taproot: { address: string; script: Uint8Array };
  internalKey: Uint8Array;
};

export function testKey(secret: Uint8Array = secp256k1.utils.randomSecretKey()): TestKey {
  const publicKey = secp256k1.getPublicKey(secret, true);
  const internalKey = publicKey.slice(1);
  const segwit = p2wpkh(publicKey, REGTEST);
  const taproot = p2tr(internalKey, undefined, REGTEST);
  return {
    secret,
    segwit: { address: segwit.address ?? '', script: segwit.script },
    taproot: { address: taproot.address ?? '', script: taproot.script },
    internalKey,
  };
}

export type TestCoin = { txid: string; vout: number; value: bigint; kind: 'segwit' | 'taproot' };

/** @returns hex of the signed transaction. */
export function signPayment(
  key: TestKey,
  payment: {
    coins: readonly TestCoin[];
    to: readonly { address: string; value: bigint }[];
    sequence?: number;
    lockTime?: number;
  },
): string {
  const transaction = new Transaction({ version: 2, lockTime: payment.lockTime ?? 0 });
  for (const { txid, vout, value, kind } of payment.coins)
    transaction.addInput({
      txid,
      index: vout,
      sequence: payment.sequence ?? 0xfffffffd,
      witnessUtxo: { script: key[kind].script, amount: value },
      ...(kind === 'taproot' ? { tapInternalKey: key.internalKey } : {}),
    });
  for (const { address, value } of payment.to)
    transaction.addOutputAddress(address, value, REGTEST);
  transaction.sign(key.secret);
  transaction.finalize();
  return transaction.hex;
}

/** The place of an output that pays a script, found by reading the transaction. */
export function findOutput(hex: string, script: Uint8Array): number {
  const { outputs } = RawTx.decode(Uint8Array.from(Buffer.from(hex, 'hex')));
  return outputs.findIndex((output) => Buffer.compare(output.script, script) === 0);
}
