import { appendAudit } from '#lib/audit/append-entry.ts';
import type { Context } from '#lib/platform/context.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { publish } from '#lib/platform/db/notify.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { genesisDocument, type GenesisDocument } from '#lib/protocol/genesis.ts';
import { canonicalize, digestOf } from '#lib/protocol/intent.ts';
import { findPolicyFault } from '#lib/protocol/policy-faults.ts';
import { findRosterFault, type RosterBackup, type RosterParty } from '#lib/protocol/roster.ts';
import { TRAVEL_BYTES_MAX } from '#lib/protocol/travel/limits.ts';
import { defaultPolicy } from '../default-policy.ts';
import { sourcesOf } from '../sources/first-sources.ts';
import { rosterPersonOf } from '../prepare-admission.ts';
import { coldEntries, listColdParties } from './cold-parties.ts';
import { listText, missingAmongFounders } from './founder-needs.ts';
import { lockFounders } from './founders.ts';

/** What a founder's statement with its key press takes at most in a document that travels. */
const signatureBytes = 2048;

/**
 * Draws up the genesis document from the founders who have registered keys and from the parties'
 * own identity keys; those of cold parties are what people brought from them. Drawing it up again
 * replaces the draft and voids what was signed, as long as no party has pinned it.
 * @param backups custodians whom it names from the start, founders too; otherwise they are named later.
 */
export async function draftGenesis(
  parties: readonly RosterParty[],
  context: Context,
  drawnUpBy = 'system',
  backups: readonly RosterBackup[] = [],
): Promise<Result<{ digest: string; document: GenesisDocument }>> {
  const { organisation, mode, origin, rpId } = context.settings;
  const now = context.clock();
  return inTransaction(context.db, async (tx) => {
    await lockFounders(tx);
    if (await tx.rosterVersion.findFirst())
      return refuse(
        'genesis-done',
        'Genesis is finished. People join through roster operations now.',
      );
    const founders = await tx.operator.findMany({
      where: { status: 'pending' },
      include: { credentials: true },
      orderBy: { id: 'asc' },
    });
    const missing = missingAmongFounders(founders);
    if (missing.length > 0)
      return refuse(
        'genesis-incomplete',
        `The document cannot be drawn up yet. Still missing among those who have enrolled: ${listText(missing)}.`,
      );
    const cold = coldEntries(
      await listColdParties(tx),
      Math.max(0, ...parties.map(({ index }) => index)) + 1,
    );
    if (!cold.ok)
      return refuse(
        'genesis-incomplete',
        `Party ${cold.awaited} has not said who it is yet. Bring its answer, or leave it out.`,
      );
    const members = [...parties, ...cold.value];
    const document = genesisDocument.safeParse({
      type: 'countersign/genesis/v1',
      organisation,
      environment: mode,
      roster: {
        type: 'countersign/roster/v1',
        organisation,
        environment: mode,
        version: 1,
        previous: null,
        relyingParty: { id: rpId, origins: [origin] },
        people: founders.map(rosterPersonOf),
        parties: members.toSorted((a, b) => a.index - b.index),
        ...(backups.length > 0 ? { backups } : {}),
      },
      policy: defaultPolicy(organisation, mode, sourcesOf(context.settings)),
    });
    if (!document.success)
      return refuse(
        'genesis-incomplete',
        'Genesis needs at least two parties, each running, and founders with at most ten keys each.',
      );
    const fault = findRosterFault(document.data.roster) ?? findPolicyFault(document.data.policy);
    if (fault)
      return refuse('genesis-incomplete', `Genesis is not ready: ${fault.replaceAll('-', ' ')}.`);
    const text = canonicalize(document.data);
    const isCarried = cold.value.length > 0;
    if (isCarried && Buffer.byteLength(text) + founders.length * signatureBytes > TRAVEL_BYTES_MAX)
      return refuse(
        'genesis-incomplete',
        `What ${founders.length} founders sign is too large a document to carry to a cold party. Found with fewer people; the others join by roster operations.`,
      );
    const digest = digestOf(document.data);
    await tx.genesis.upsert({
      where: { digest },
      create: {
        digest,
        document: text,
        state: 'collecting',
        createdAt: now,
      },
      // The same document once more becomes the one in question again, with what was signed for it.
      update: { createdAt: now },
    });
    await appendAudit(tx, {
      kind: 'genesis-drafted',
      subject: 'genesis',
      actor: drawnUpBy,
      at: now,
      facts: { digest, founders: founders.length, parties: members.length },
    });
    await publish(tx, { topic: 'genesis', id: digest });
    return ok({ digest, document: document.data });
  });
}
