import { createSolanaClient, type SolanaClient } from '#lib/chains/solana/client.ts';
import { connectParty, type PartyClient } from '#lib/mpc/client/party-client.ts';
import { systemClock } from '#lib/platform/clock.ts';
import type { Context } from '#lib/platform/context.ts';
import { databaseFor } from '#lib/platform/db/client.ts';
import { webEnvironment } from '#lib/platform/env.ts';
import { settingsFrom } from '#lib/platform/web-context.ts';

/** What a step needs that asks no party and no chain. */
export type LoggedContext = Context & { log: (line: string) => void };

export type SeedContext = LoggedContext & {
  parties: readonly PartyClient[];
  /** Where people reach each party itself. */
  origins: ReadonlyMap<string, string>;
  solana: SolanaClient;
  solanaRpc: string;
};

/** From the variables that the supervisor hands over. @throws outside the sandbox. */
export function openSeedContext(log: (line: string) => void): SeedContext {
  const environment = webEnvironment();
  if (environment.mode !== 'sandbox')
    throw new Error('What a sandbox begins with is made in the sandbox only.');
  return {
    db: databaseFor(environment.databaseUrl),
    clock: systemClock,
    settings: settingsFrom(environment),
    parties: environment.parties.map((party) => connectParty(party)),
    origins: new Map(environment.parties.map((party) => [party.name, party.origin])),
    solana: createSolanaClient(environment.solanaRpc),
    solanaRpc: environment.solanaRpc,
    log,
  };
}

const pollMs = 100;

/**
 * Waits until `look` finds something.
 * @throws after `limitMs`, saying what was waited for.
 */
export async function waitFor<T>(
  what: string,
  limitMs: number,
  look: () => Promise<T | null>,
): Promise<T> {
  const end = Date.now() + limitMs;
  for (;;) {
    const found = await look();
    if (found !== null) return found;
    if (Date.now() > end)
      throw new Error(`Waited ${limitMs / 1000} s for ${what}. The logs beside this one say why.`);
    await new Promise((resolve) => {
      setTimeout(resolve, pollMs);
    });
  }
}

/** Waits for an operation to reach its end. @throws when that is not the end it should have. */
export async function waitForEnd(context: SeedContext, operation: string): Promise<void> {
  const ends = ['confirmed', 'done', 'held', 'failed', 'expired', 'rejected', 'cancelled'];
  const row = await waitFor('an operation to finish', 60_000, async () => {
    const found = await context.db.operation.findUniqueOrThrow({ where: { id: operation } });
    return ends.includes(found.state) ? found : null;
  });
  if (row.state !== 'confirmed' && row.state !== 'done')
    throw new Error(
      `${row.number} ended ${row.state}: ${row.stopCode ?? ''} ${row.stopSentence ?? ''}`,
    );
}
