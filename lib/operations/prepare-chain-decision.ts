/**
 * Two people decide about a chain that stands still: that it goes on, with or without places that can't be compared, or
 * that the worker reads it anew from the last block that it still has. The first asks, the second agrees within the hour
 * to just that: their pages say which hold and which words they have read, and their keys sign it.
 */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { chains } from '#lib/chains/registry.ts';
import type { Actor } from '#lib/identity/actor.ts';
import { askKeyPress, type KeyPressRequest } from '#lib/identity/ask-key-press.ts';
import { newNonce } from '#lib/identity/challenges.ts';
import type { Context } from '#lib/platform/context.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { refuse, type Result } from '#lib/platform/result.ts';
import { instant } from '#lib/protocol/scalars.ts';
import { chainDecisionKinds, placesMax } from './chain-decision-kinds.ts';
import { notListed } from './chain-decision-rules.ts';
import { saidPlaces, type ChainDecisionStatement } from './chain-decision-statement.ts';
import { readyToDecideChain } from './ready-to-decide-chain.ts';

const form = z.strictObject({
  chain: z.enum(chains.map(({ chain }) => chain)),
  kind: z.enum(chainDecisionKinds),
  /** The hold that was read. */
  hold: z.uuid(),
  /** When what is known of the chain changed last, as it was read. */
  foundAt: instant.nullable(),
  /** Whose word waits there, as it was read; null for nobody's. */
  decision: z.uuid().nullable(),
  /** Somebody asks for themselves although another's word waits, where they do not trust that one. */
  isBeside: z.boolean().default(false),
  /** For going on without them: what was listed as not compared; a page lists one more than can be named. */
  places: z.array(z.string().max(200)).max(placesMax + 1),
});

/**
 * Checks that this person may say it about what their page showed, and gives out the statement to sign. Nothing happens
 * to the chain until it comes back signed.
 */
export async function prepareChainDecision(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<KeyPressRequest>> {
  const read = form.safeParse(input);
  if (!read.success) return refuse('form-invalid', 'There is no such chain or decision.');
  const { places: listed, ...asked } = read.data;
  if (asked.kind !== 'go-on-uncompared' && listed.length > 0)
    return refuse('form-invalid', 'Nothing is left out of this decision.');
  const at = context.clock();
  const ready = await inTransaction(context.db, (tx) => readyToDecideChain(tx, actor, asked, at));
  if (!ready.ok) return ready;
  const { hold, open, places } = ready.value;
  const outdated = open ? null : notListed(listed, places);
  if (outdated) return outdated;
  const statement: ChainDecisionStatement = {
    type: 'countersign/chain-decision/v1',
    organisation: context.settings.organisation,
    environment: context.settings.mode,
    chain: asked.chain,
    kind: asked.kind,
    hold: hold.id,
    incident: hold.incident,
    foundAt: asked.foundAt,
    places: saidPlaces(places),
    decision: open?.id ?? randomUUID(),
    step: open ? 'agree' : 'ask',
    person: actor.personId,
    nonce: newNonce(),
    issuedAt: at.toISOString(),
  };
  return askKeyPress(actor, { purpose: 'chain-decision', statement }, context);
}
