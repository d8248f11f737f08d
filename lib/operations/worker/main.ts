/** The worker process: carries operations from the last statement to the ledger. */
import {
  createFeePayerKey,
  FeePayerKeyError,
  loadFeePayer,
  type FeePayer,
} from '#lib/chains/solana/fee-payer.ts';
import { createSolanaClient } from '#lib/chains/solana/client.ts';
import { connectParty } from '#lib/mpc/client/party-client.ts';
import { systemClock } from '#lib/platform/clock.ts';
import { databaseFor } from '#lib/platform/db/client.ts';
import { listen } from '#lib/platform/db/notify.ts';
import { workerEnvironment } from '#lib/platform/env.ts';
import { log } from '#lib/platform/log.ts';
import { settingsFrom } from '#lib/platform/web-context.ts';
import type { WorkerContext } from '../execution/worker-context.ts';
import { advanceAll, patrol } from './loop.ts';

const patrolEveryMs = 1_000;

const environment = workerEnvironment();

/** The sandbox makes its own fee account; production brings one and never gets one made for it. */
function feePayerKey(path: string): FeePayer {
  try {
    return loadFeePayer(path);
  } catch (error) {
    const isMissing = error instanceof FeePayerKeyError && error.fault === 'key-file-missing';
    if (isMissing && environment.mode === 'sandbox') return createFeePayerKey(path);
    throw error;
  }
}

const context: WorkerContext = {
  db: databaseFor(environment.databaseUrl),
  clock: systemClock,
  settings: settingsFrom(environment),
  parties: environment.parties.map((party) => connectParty(party)),
  solana: createSolanaClient(environment.solanaRpc),
  feePayer: feePayerKey(environment.feePayerKeyFile),
};

const stopping = new AbortController();
let woken: (() => void) | null = null;

/** Two passes at once would only compete for the same rows. */
let advancing: Promise<void> = Promise.resolve();
function advance(): Promise<void> {
  advancing = advancing
    .then(() => advanceAll(context))
    .catch((error: unknown) => log.error({ err: error }, 'advancing failed'));
  return advancing;
}

const subscription = await listen(environment.databaseUrl, ({ topic }) => {
  if (topic === 'operations') void advance();
  if (topic === 'genesis') woken?.();
});

async function beat(failed: string[]): Promise<void> {
  const at = context.clock();
  await context.db.heartbeat.upsert({
    where: { name: 'worker' },
    create: { name: 'worker', at, detail: { failed, feePayer: context.feePayer.address } },
    update: { at, detail: { failed, feePayer: context.feePayer.address } },
  });
}

function pause(): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, patrolEveryMs);
    woken = () => {
      clearTimeout(timer);
      resolve();
    };
  });
}

for (const signal of ['SIGTERM', 'SIGINT'] as const)
  process.once(signal, () => {
    stopping.abort();
    woken?.();
  });
log.info({ feePayer: context.feePayer.address }, 'worker is at work');

while (!stopping.signal.aborted) {
  const failed = await patrol(context, advance);
  await beat(failed).catch((error: unknown) => log.error({ err: error }, 'no heartbeat'));
  await pause();
}
await advancing;
await subscription.close();
await context.db.$disconnect();
