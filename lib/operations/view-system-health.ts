/** Composes the health view for the web server from its own connections. */
import { createSolanaClient, type SolanaClient } from '#lib/chains/solana/client.ts';
import { connectParty, type PartyClient } from '#lib/mpc/client/party-client.ts';
import { webEnvironment } from '#lib/platform/env.ts';
import { sharedAnswer } from '#lib/platform/shared-answer.ts';
import { webContext } from '#lib/platform/web-context.ts';
import { openDoors, type ServedNodes } from './chain-doors.ts';
import { viewHealth, type Health } from './view-health.ts';

/** Short, so that a health check answers while something hangs. */
const timeoutMs = 2_000;

let connections: {
  parties: readonly PartyClient[];
  solana: SolanaClient;
  others: readonly ServedNodes[];
} | null = null;

/** Long enough that a crowd of askers costs no more than one, short enough for who waits for a start. */
const keptMs = 2_000;

function askEverybody(): Promise<Health> {
  if (!connections) {
    const environment = webEnvironment();
    connections = {
      parties: environment.parties.map((party) => connectParty(party, { timeoutMs })),
      solana: createSolanaClient(environment.solanaRpc, { timeoutMs }),
      others: openDoors(webContext()).filter(({ facts }) => facts.family !== 'solana'),
    };
  }
  const { parties, solana, others } = connections;
  return viewHealth(webContext(), parties, { solana }, others);
}

/** Anybody may ask, so everybody gets the same answer, at most this old. */
export const viewSystemHealth = sharedAnswer(askEverybody, keptMs);
