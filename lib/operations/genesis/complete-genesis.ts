import { appendAudit } from '#lib/audit/append-entry.ts';
import { offerGenesis, partyStatus, type PartyClient } from '#lib/mpc/client/party-client.ts';
import type { Context } from '#lib/platform/context.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { publish } from '#lib/platform/db/notify.ts';
import { log } from '#lib/platform/log.ts';
import type { GenesisDocument } from '#lib/protocol/genesis.ts';
import { canonicalize, digestOf } from '#lib/protocol/intent.ts';
import { applyRoster } from '../execution/apply-roster.ts';
import { loadGenesisBundle } from './genesis-bundle.ts';
import { latestGenesis } from './latest-genesis.ts';

/**
 * Carries a fully signed genesis document to the parties, and takes roster and policy into force
 * once every party with a network has pinned exactly this document at its own origin.
 */
export async function completeGenesis(
  parties: readonly PartyClient[],
  context: Context,
): Promise<void> {
  const row = await latestGenesis(context.db);
  if (row?.state !== 'signed') return;
  const bundle = await loadGenesisBundle(row, context.db);
  let pinned = 0;
  for (const party of parties) {
    const status = await partyStatus(party);
    if (!status.ok) continue;
    if (status.value.genesisDigest === row.digest) pinned += 1;
    else if (
      status.value.genesisDigest === null &&
      status.value.offeredGenesisDigest !== row.digest
    ) {
      const offered = await offerGenesis(party, bundle);
      if (!offered.ok)
        log.warn({ party: party.name, refusal: offered.refusal }, 'party refused genesis');
    }
  }
  // A cold party pins at its own page, from a document that people carry there.
  const awaited = bundle.document.roster.parties.filter(({ cold }) => cold !== true);
  if (pinned === awaited.length) await takeIntoForce(row.digest, bundle.document, context);
}

async function takeIntoForce(
  digest: string,
  document: GenesisDocument,
  context: Context,
): Promise<void> {
  const now = context.clock();
  const { roster, policy } = document;
  await inTransaction(context.db, async (tx) => {
    const { count } = await tx.genesis.updateMany({
      where: { digest, state: 'signed' },
      data: { state: 'pinned', pinnedAt: now },
    });
    if (count === 0) return;
    await tx.rosterVersion.create({
      data: {
        version: 1,
        digest: digestOf(roster),
        document: canonicalize(roster),
        adoptedAt: now,
      },
    });
    await tx.policyVersion.create({
      data: {
        version: 1,
        digest: digestOf(policy),
        document: canonicalize(policy),
        adoptedAt: now,
      },
    });
    await applyRoster(tx, roster, now);
    await appendAudit(tx, {
      kind: 'genesis-pinned',
      subject: 'genesis',
      actor: 'worker',
      at: now,
      facts: { digest, parties: roster.parties.length },
    });
    await publish(tx, { topic: 'genesis', id: digest });
  });
}
