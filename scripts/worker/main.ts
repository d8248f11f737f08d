/**
 * The worker process: carries operations from the last statement to the ledger, and holds the books against
 * what others say. It stands here because it brings areas together that know nothing of each other.
 */
import {
  createFeePayerKey,
  FeePayerKeyError,
  loadFeePayer,
  type FeePayer,
} from '#lib/chains/solana/fee-payer.ts';
import { createSolanaClient } from '#lib/chains/solana/client.ts';
import { connectParty } from '#lib/mpc/client/party-client.ts';
import { systemClock } from '#lib/platform/clock.ts';
import type { Context } from '#lib/platform/context.ts';
import { UnownedKeyWatch } from '#lib/platform/data-keys/unowned-keys.ts';
import { databaseFor } from '#lib/platform/db/client.ts';
import { anythingMayHaveChanged, listen, unopenedTopic } from '#lib/platform/db/notify.ts';
import { workerEnvironment } from '#lib/platform/env.ts';
import { log } from '#lib/platform/log.ts';
import { settingsFrom } from '#lib/platform/web-context.ts';
import { UnopenedTexts } from '#lib/persons/texts/unopened-texts.ts';
import { openNodes } from '#lib/operations/execution/open-nodes.ts';
import { recordedChain } from '#lib/operations/execution/recorded-chain.ts';
import type { WorkerContext } from '#lib/operations/execution/worker-context.ts';
import { findUnsetSources } from '#lib/operations/sources/unset-sources.ts';
import { heardOfOperations, newRounds, patrol, troubles } from '#lib/operations/worker/loop.ts';
import { ProvenChainDecisions } from '#lib/operations/worker/prove-chain-decisions.ts';
import { RecurrenceWatch } from '#lib/incidents/recurrence/recurrence-watch.ts';
import { IncidentDesk } from '#lib/incidents/worker/incident-desk.ts';
import { DroppedMajors } from '#lib/incidents/worker/dropped-majors.ts';
import { BreachWarnings } from '#lib/privacy/breaches/breach-warnings.ts';
import { PackageDesk } from '#lib/privacy/package/package-desk.ts';
import { ErasureDesk } from '#lib/privacy/erasure/erasure-desk.ts';
import { looksAtRequestTexts } from '#lib/privacy/requests/look-at-texts.ts';
import { OverdueRequests } from '#lib/privacy/requests/overdue-requests.ts';
import { OverdueHolds } from '#lib/privacy/retention/holds/overdue-holds.ts';
import { ProvenLiftings } from '#lib/privacy/retention/prove-liftings.ts';
import { RetentionDesk } from '#lib/privacy/retention/runs/retention-desk.ts';
import { DrillWatch } from '#lib/resilience/drills/drill-watch.ts';
import { SegregationDesk } from '#lib/clients/segregation/check-each-day.ts';
import { BankTextWatch } from '#lib/reconciliation/bank/bank-text-watch.ts';
import { ClosingWatch } from '#lib/reconciliation/breaks/closing-watch.ts';
import { LostIncidents } from '#lib/reconciliation/breaks/lost-incidents.ts';
import { CorrectionWatch } from '#lib/reconciliation/corrections/correction-watch.ts';
import { bankSource } from '#lib/reconciliation/sources/bank-source.ts';
import { chainSource } from '#lib/reconciliation/sources/chain-source.ts';
import { ReconciliationDesk } from '#lib/reconciliation/worker/desk.ts';
import { verifyBooksAt } from '../verify-ledger/verify-books.ts';
import { approvalProof, chainDecisionProof, decisionProof, liftingProof } from './proofs.ts';
import { signedWatches } from './signed-watches.ts';

const patrolEveryMs = 1_000;
/** Far less than a worker may be silent before it counts as gone. */
const beatEveryMs = 1_000;

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

const base: Context = {
  db: databaseFor(environment.databaseUrl),
  clock: systemClock,
  settings: settingsFrom(environment),
};
const context: WorkerContext = {
  ...base,
  parties: environment.parties.map((party) => connectParty(party)),
  solana: createSolanaClient(environment.solanaRpc, {
    accepts: recordedChain(base, environment.solanaGenesis),
  }),
  feePayer: feePayerKey(environment.feePayerKeyFile),
  ...openNodes(base, environment),
};

const stopping = new AbortController();
let woken: (() => void) | null = null;

const rounds = newRounds(context);
const reconciliation = new ReconciliationDesk({
  ...context,
  sources: [bankSource(context), chainSource(context)],
});

const segregation = new SegregationDesk(context);
const corrections = new CorrectionWatch(context);
const closings = new ClosingWatch(context);
const lostIncidents = new LostIncidents(context);
const incidents = new IncidentDesk(context);
const dropped = new DroppedMajors(context);
const signed = signedWatches(context);
const recurrence = new RecurrenceWatch(context);
const drills = new DrillWatch(context);
const erasures = new ErasureDesk({
  ...base,
  databaseUrl: environment.databaseUrl,
  verifyBooks: () => verifyBooksAt(environment.databaseUrl),
  isProved: decisionProof(context.db),
});
const overdue = new OverdueRequests(context);
const bankTexts = new BankTextWatch(context);
const breachWarnings = new BreachWarnings(context);
const overdueHolds = new OverdueHolds(context);
const liftings = new ProvenLiftings({ ...context, isLiftProved: liftingProof(context.db) });
const chainDecisions = new ProvenChainDecisions({
  ...context,
  isDecisionProved: chainDecisionProof(context),
});
const unownedKeys = new UnownedKeyWatch(context);
const unopened = new UnopenedTexts(context, [looksAtRequestTexts]);
const packages = new PackageDesk(context);
const retention = new RetentionDesk({ ...context, isProved: approvalProof(context.db) });

const subscription = await listen(environment.databaseUrl, ({ topic, id }) => {
  if (topic === 'operations') void heardOfOperations(rounds);
  else if (topic === 'incidents') incidents.tell();
  else if (topic === unopenedTopic) unopened.hear(id);
  else if (topic === 'genesis' || topic === anythingMayHaveChanged.topic) woken?.();
});

let beatenAt = -beatEveryMs;

/** Shows that the worker lives, unless it has just done so. */
async function alive(): Promise<void> {
  if (performance.now() - beatenAt < beatEveryMs) return;
  beatenAt = performance.now();
  await beat().catch((error: unknown) => log.error({ err: error }, 'no heartbeat'));
}

async function beat(): Promise<void> {
  const at = context.clock();
  const detail = { failing: await troubles(rounds, context), feePayer: context.feePayer.address };
  await context.db.heartbeat.upsert({
    where: { name: 'worker' },
    create: { name: 'worker', at, detail },
    update: { at, detail },
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
for (const unset of await findUnsetSources(context)) log.warn(unset);
log.info({ feePayer: context.feePayer.address }, 'worker is at work');

while (!stopping.signal.aborted) {
  await patrol(context, rounds, alive, [
    ['decisions about chains', () => chainDecisions.look()],
    ['reconciliation', () => reconciliation.look()],
    ['segregation', () => segregation.look()],
    ['corrections', () => corrections.look()],
    ['closings of breaks', () => closings.look()],
    ['lost incidents', () => lostIncidents.look()],
    ['incident desk', () => incidents.look()],
    ['dropped incidents', () => dropped.look()],
    ...signed,
    ['recurring incidents', () => recurrence.look()],
    ['drills', () => drills.look()],
    ['erasures', async () => erasures.look()],
    ['people named by payers', () => bankTexts.look()],
    ['overdue requests', () => overdue.look()],
    ['breaches of personal data', () => breachWarnings.look()],
    ['overdue holds', () => overdueHolds.look()],
    ['liftings', () => liftings.look()],
    ['packages of people', () => packages.look()],
    ['retention', () => retention.look()],
    ['texts that do not open', () => unopened.look()],
    ['keys of nobody', async () => unownedKeys.look()],
  ]);
  await pause();
}
await subscription.close();
await rounds.carrier.stop();
await rounds.views.settled();
await rounds.statements.stop();
await rounds.proofs.stop();
await rounds.snapshots.stop();
await rounds.unsigned.stop();
await rounds.watches.deposits.stop();
await rounds.watches.outflows.stop();
await rounds.watches.settled.stop();
await rounds.watches.views.stop();
await unownedKeys.stop();
await erasures.stop();
await reconciliation.settled();
await packages.settled();
await context.db.$disconnect();
