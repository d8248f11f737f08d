/** `--sign`: what a message would do, and the signature of the rebuilt key over it. */
import { randomBytes } from 'node:crypto';
import { base58, base64 } from '@scure/base';
import { assetFacts } from '#lib/chains/assets.ts';
import { decodeTransfer } from '#lib/chains/solana/decode.ts';
import { MessageFault, readMessage, type RawMessage } from '#lib/chains/solana/message-reader.ts';
import { assembleTransaction } from '#lib/chains/solana/transaction.ts';
import type { RebuiltKey } from '#lib/mpc/backup/rebuild-key.ts';
import { signWithScalar } from '#lib/mpc/backup/scalar-signature.ts';
import { formatAmount } from '#lib/protocol/amount.ts';
import { Problem } from '../supervisor/problem.ts';
import { readSmallFile } from './files.ts';

const FILE_BYTES_MAX = 8 * 1024;

export type SolanaMessage = {
  bytes: Uint8Array;
  /** Addresses whose signatures the message needs. */
  signers: string[];
  /** What it does, to be read before signing. */
  description: string;
};

function readable(bytes: Uint8Array, path: string): RawMessage {
  try {
    return readMessage(bytes);
  } catch (error) {
    if (!(error instanceof MessageFault)) throw error;
    throw new Problem(
      `${path} holds no Solana message in the legacy format (${error.message}), and nothing is signed unread. Build the transaction in that format.`,
    );
  }
}

function describe(raw: RawMessage, bytes: Uint8Array, chain: string): string {
  const decoded = decodeTransfer(bytes, chain);
  if (decoded.ok) {
    const { from, to, amount, asset, feePayer, memo } = decoded.transaction;
    return `It moves ${formatAmount(amount, assetFacts(asset).decimals)} ${asset} from ${from} to ${to}; the fee is paid by ${feePayer}${memo === null ? '' : `; memo “${memo}”`}.`;
  }
  const programs = raw.instructions.map(({ program }) =>
    base58.encode(raw.keys[program] ?? new Uint8Array()),
  );
  return `It is no plain transfer of this console: ${raw.instructions.length} instructions for ${[...new Set(programs)].join(', ')}. What it moves is not shown here; decode it elsewhere before you sign.`;
}

/** @throws Problem when the file holds no message that this address signs. */
export function readToSign(path: string, chain: string, address: string): SolanaMessage {
  const text = Buffer.from(readSmallFile(path, FILE_BYTES_MAX)).toString('utf8').trim();
  let bytes: Uint8Array;
  try {
    bytes = base64.decode(text);
  } catch {
    throw new Problem(
      `${path} does not hold base64. Put the bytes of the message there in base64.`,
    );
  }
  const raw = readable(bytes, path);
  const signers = raw.keys.slice(0, raw.signers).map((key) => base58.encode(key));
  if (!signers.includes(address))
    throw new Problem(
      `The message in ${path} needs no signature of ${address}; nothing is signed.`,
    );
  return { bytes, signers, description: describe(raw, bytes, chain) };
}

/** The lines to print: the signature, and the whole transaction where it needs no other. */
export function signatureLines(toSign: SolanaMessage, key: RebuiltKey): string[] {
  const signature = signWithScalar({
    scalar: key.scalar,
    publicKey: key.publicKey,
    message: toSign.bytes,
    random: new Uint8Array(randomBytes(32)),
  });
  const lines = [`signature    ${base58.encode(signature)}`];
  if (toSign.signers.length === 1)
    lines.push(
      `transaction  ${base64.encode(assembleTransaction(toSign.bytes, { [key.address]: signature }))}`,
    );
  return lines;
}
