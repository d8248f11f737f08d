/** Somebody outside the custodian: has coins from the sandbox's faucet and pays them in. */
import { createHash } from 'node:crypto';
import { getU32Encoder, getU64Encoder, getUtf8Encoder } from '@solana/kit';
import { z } from 'zod';
import {
  joinBytes,
  MEMO_PROGRAM,
  SYSTEM_PROGRAM,
  writeMessage,
} from '#lib/chains/solana/message-writer.ts';
import { softwareKey, type SoftwareKey } from '#lib/chains/solana/software-key.ts';
import { assembleTransaction } from '#lib/chains/solana/transaction.ts';
import { waitFor, type SeedContext } from './seed-context.ts';

const transferInstruction = 2;

/** Five SOL: fees of half a million transfers. */
const feeFund = 5_000_000_000n;

/** The same key for the same name, so that a seed that was cut off goes on with it. */
export const outsideKey = (name: string): SoftwareKey =>
  softwareKey(createHash('sha256').update(`countersign sandbox ${name}`).digest());

/** Asks the sandbox's faucet, and waits until the coins are there. @param lamports wanted at least. */
export async function fund(address: string, lamports: bigint, context: SeedContext): Promise<void> {
  const before = await context.solana.getBalance(address);
  if (before >= lamports) return;
  const response = await fetch(context.solanaRpc, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      jsonrpc: '2.0',
      id: 1,
      method: 'requestAirdrop',
      params: [address, Number(lamports)],
    }),
    signal: AbortSignal.timeout(10_000),
  });
  const answer = z.looseObject({ result: z.string() }).safeParse(await response.json());
  if (!answer.success) throw new Error('The sandbox faucet refused.');
  await waitFor(`coins for ${address}`, 30_000, async () =>
    // The owner may spend some of it at once, so more than before is what shows that it came.
    (await context.solana.getBalance(address)) > before ? true : null,
  );
}

/** Pays into a vault with a memo that names the client. */
export async function payIn(
  from: SoftwareKey,
  vault: string,
  payment: { lamports: bigint; memo: string },
  context: SeedContext,
): Promise<void> {
  const message = writeMessage({
    writableSigners: [from.address],
    writable: [vault],
    readonly: [SYSTEM_PROGRAM, MEMO_PROGRAM],
    anchor: await context.solana.getLatestBlockhash(),
    instructions: [
      {
        program: SYSTEM_PROGRAM,
        accounts: [from.address, vault],
        data: joinBytes([
          getU32Encoder().encode(transferInstruction),
          getU64Encoder().encode(payment.lamports),
        ]),
      },
      { program: MEMO_PROGRAM, accounts: [], data: getUtf8Encoder().encode(payment.memo) },
    ],
  });
  const sent = await context.solana.sendTransaction(
    assembleTransaction(message, { [from.address]: from.sign(message) }),
  );
  if (sent.outcome !== 'accepted')
    throw new Error(`A sample deposit was not taken: ${sent.outcome}.`);
}

/** Gives the worker's fee account something to pay fees and nonce accounts with. */
export async function fundFeePayer(context: SeedContext): Promise<void> {
  const address = await waitFor('the worker to show itself', 30_000, async () => {
    const beat = await context.db.heartbeat.findUnique({ where: { name: 'worker' } });
    const detail = z.looseObject({ feePayer: z.string() }).safeParse(beat?.detail);
    return detail.success ? detail.data.feePayer : null;
  });
  await fund(address, feeFund, context);
}
