/**
 * Takes a statement, and hands what stops something to the parties at once, without waiting for the
 * worker's turn. The worker repeats it until every party that is on has it.
 */
import type { Actor } from '#lib/identity/actor.ts';
import { adopt, handNo, type PartyClient } from '#lib/mpc/client/party-client.ts';
import type { Context } from '#lib/platform/context.ts';
import { withinDeadline } from '#lib/platform/deadline.ts';
import { log } from '#lib/platform/log.ts';
import type { Result } from '#lib/platform/result.ts';
import { isStopKind } from '#lib/protocol/intent-kinds.ts';
import { bundleOf } from './load-bundle.ts';
import { loadStanding, type LoadedStanding } from './load-standing.ts';
import { newestNo } from './newest-no.ts';
import { submitStatement, type Submitted } from './submit-statement.ts';

/** Somebody waits for the page. What comes of it later is not known here, and need not be. */
const handMs = 2_000;

async function hand(
  { row, standing }: LoadedStanding,
  parties: readonly PartyClient[],
): Promise<void> {
  const no = newestNo(row);
  if (no) await Promise.all(parties.map((party) => handNo(party, no.signed)));
  else if (isStopKind(standing.kind) && standing.state === 'cosigned') {
    const bundle = bundleOf(row);
    await Promise.all(parties.map((party) => adopt(party, bundle)));
  }
}

/** @param parties those the web server reaches; one that is away keeps nobody waiting for long. */
export async function submitAndHand(
  actor: Actor,
  input: unknown,
  parties: readonly PartyClient[],
  context: Context,
): Promise<Result<Submitted>> {
  const submitted = await submitStatement(actor, input, context);
  if (!submitted.ok) return submitted;
  const { operation } = submitted.value;
  try {
    const loaded = await loadStanding(context.db, operation, context.clock());
    if (loaded) await withinDeadline(hand(loaded, parties), handMs, undefined);
  } catch (error) {
    // The statement stands; the worker carries it on.
    log.warn({ err: error, operation }, 'what stops could not be handed to the parties at once');
  }
  return submitted;
}
