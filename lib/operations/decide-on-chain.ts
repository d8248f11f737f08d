/**
 * Two people decide about a chain that stands still: that it goes on, with or without places that can't be compared, or
 * that the worker reads it anew from the last block that it still has. The first asks, the second agrees within the hour
 * to just that: their pages say which hold and which words they have read.
 */
import { createHash, randomUUID } from 'node:crypto';
import { z } from 'zod';
import { appendAudit } from '#lib/audit/append-entry.ts';
import { chainFacts, chains } from '#lib/chains/registry.ts';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { publish } from '#lib/platform/db/notify.ts';
import { inTransaction, type Tx } from '#lib/platform/db/transaction.ts';
import { ok, refuse, type Refused, type Result } from '#lib/platform/result.ts';
import { lockHold, standingHolds, type AssetHold } from './asset-hold.ts';
import { chainDecisionKinds, placesMax, type ChainDecisionKind } from './chain-decision-kinds.ts';
import {
  findOpenDecision,
  findReadAnew,
  heldChain,
  holdFor,
  type HeldChain,
  type OpenDecision,
} from './held-chain.ts';

const form = z.strictObject({
  chain: z.enum(chains.map(({ chain }) => chain)),
  kind: z.enum(chainDecisionKinds),
  /** The hold that was read. */
  hold: z.uuid(),
  /** What is agreed to; null for asking. */
  decision: z.uuid().nullable(),
  /** For going on without them: what was listed as not compared. */
  places: z.array(z.string().max(200)).max(placesMax),
});

type Form = z.infer<typeof form>;

/** Places in a sentence or in an entry of the log; the decision's row has all. */
const namedMax = 15;

export type Decided = { state: 'asked' | 'decided' };

export async function decideOnChain(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<Decided>> {
  const refused = lacksScope(actor, 'operation:decide');
  if (refused) return refused;
  const read = form.safeParse(input);
  if (!read.success) return refuse('form-invalid', 'There is no such chain or decision.');
  const { chain, kind } = read.data;
  const { family, name } = chainFacts(chain);
  if (kind === 'read-anew' && family === 'solana')
    return refuse('form-invalid', `${name} keeps no blocks that could be read anew.`);
  return inTransaction(context.db, async (tx): Promise<Result<Decided>> => {
    // What is found meanwhile waits, and stands still by itself afterwards.
    await lockHold(tx, { chain, asset: null, reason: 'chain-reorganised' });
    const held = await heldChain(tx, chain, await standingHolds(tx));
    if (!held) return refuse('chain-not-held', `${name} does not stand still.`);
    const hold = holdFor(kind, held);
    if (!hold)
      return refuse(
        'ground-not-lost',
        `Nobody found the blocks of ${name} gone that were read last, so there is nothing to read anew.`,
      );
    const at = context.clock();
    const open = await findOpenDecision(tx, kind, held, at);
    const barred =
      (await notAsRead(tx, { form: read.data, hold, open, by: actor.personId }, at)) ??
      notCompared(read.data, held, open);
    if (barred) return barred;
    const places = open?.places ?? read.data.places;
    const said = { chain, kind, places, by: actor.personId, hold, at };
    if (!open) {
      const first = { firstBy: actor.personId, firstAt: at };
      await tx.chainDecision.create({
        data: { id: randomUUID(), holdId: hold.id, kind, places, ...first },
      });
      await note(tx, 'chain-decision-asked', said);
      return ok({ state: 'asked' });
    }
    await tx.chainDecision.update({
      where: { id: open.id },
      data: { secondBy: actor.personId, secondAt: at },
    });
    await note(tx, 'chain-decided', said);
    return ok({ state: 'decided' });
  });
}

/** Nobody agrees to their own words, nor to what their page did not show. */
async function notAsRead(
  tx: Tx,
  of: { form: Form; hold: AssetHold; open: OpenDecision | null; by: string },
  at: Date,
): Promise<Refused | null> {
  const { form: read, hold, open, by } = of;
  if (open?.firstBy === by)
    return refuse('same-person', 'You have asked for it. Somebody else has to agree.');
  if (read.hold !== hold.id || read.decision !== (open?.id ?? null))
    return refuse(
      'page-outdated',
      'This is not what stands there now: more was found meanwhile, or somebody has asked, or their word no longer counts. Load the page again and read it.',
    );
  if (read.kind === 'read-anew' && (await findReadAnew(tx, [hold.id], at)) !== null)
    return refuse(
      'read-anew-waits',
      'Two people have decided it already; the worker does it within the hour, or not at all.',
    );
  return null;
}

/** Every place was compared, or is one that both people name. */
function notCompared(
  { kind, places: listed }: Form,
  { places }: HeldChain,
  open: OpenDecision | null,
): Refused | null {
  const missing = places.map(({ words }) => words);
  if (kind !== 'go-on-uncompared') {
    if (listed.length > 0) return refuse('form-invalid', 'Nothing is left out of this decision.');
    if (kind === 'read-anew' || missing.length === 0) return null;
    return refuse(
      'books-not-compared',
      `Compare ${namesOf(missing)} first, in Reconciliation: nobody knows yet whether books and chain agree since it stands still.`,
    );
  }
  if (missing.length === 0)
    return refuse(
      'all-compared',
      'Every place was compared, so it goes on without leaving any out.',
    );
  const named = new Set(open?.places ?? listed);
  const isNamed = missing.every((one) => named.has(one));
  if (isNamed && (open !== null || (named.size === missing.length && listed.length === named.size)))
    return null;
  return refuse(
    'page-outdated',
    `What is not compared is another list now: ${namesOf(missing)}. Load the page again and read it.`,
  );
}

function namesOf(places: readonly string[]): string {
  const rest = places.length - namedMax;
  return `${places.slice(0, namedMax).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}

type Said = {
  chain: string;
  kind: ChainDecisionKind;
  places: readonly string[];
  by: string;
  hold: AssetHold;
  at: Date;
};

async function note(
  tx: Tx,
  audited: 'chain-decision-asked' | 'chain-decided',
  { chain, kind, places, by, hold, at }: Said,
): Promise<void> {
  const leftOut = {
    uncompared: namesOf(places),
    // Of all of them, one a line, in the order in which the row has them.
    placesDigest: createHash('sha256').update(places.join('\n')).digest('hex'),
  };
  await appendAudit(tx, {
    kind: audited,
    subject: chain,
    actor: by,
    at,
    facts: { kind, incident: hold.incident, ...(places.length > 0 ? leftOut : {}) },
  });
  await publish(tx, { topic: 'alarms', id: null });
}
