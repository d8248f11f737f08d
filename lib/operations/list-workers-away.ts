import type { PartyClient } from '#lib/mpc/client/party-client.ts';
import type { Intent } from '#lib/protocol/intent.ts';
import { isKeyLife, keyWorkers } from './keys/key-workers.ts';
import { listPartiesAway } from './list-parties-away.ts';

/** Names of the parties without which an operation on a key can't begin and that are off; none for other kinds. */
export async function listWorkersAway(
  parties: readonly PartyClient[],
  intent: Intent,
): Promise<string[]> {
  if (isKeyLife(intent)) return listPartiesAway(parties, keyWorkers(intent));
  return intent.kind === 'key-ceremony' ? listPartiesAway(parties, intent.parties) : [];
}
