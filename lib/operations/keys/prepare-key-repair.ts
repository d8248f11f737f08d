import { z } from 'zod';
import type { Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { keyRepairIntent, type KeyRepairIntent } from '#lib/protocol/key-intents.ts';
import { isColdIn } from '#lib/protocol/roster.ts';
import { operationId, slug } from '#lib/protocol/scalars.ts';
import { intentBase } from '../intent-base.ts';
import { prepareRaise, type PreparedStatement } from '../prepare-raise.ts';
import { lacksRaiseScope } from '../raise-scope.ts';
import { chooseHelpers } from './choose-helpers.ts';
import { loadKey } from './load-key.ts';

const form = z.strictObject({
  operation: operationId,
  key: slug,
  /** The party that lost its share. */
  party: slug,
});

/** Gives out the raise statement by which a party gets its lost share back with the others' help. */
export async function prepareKeyRepair(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<PreparedStatement & { intent: KeyRepairIntent }>> {
  const refused = lacksRaiseScope(actor, 'key-repair');
  if (refused) return refused;
  const asked = form.safeParse(input);
  if (!asked.success) return refuse('form-invalid', 'Choose the party that lost its share.');
  const { operation, key: id, party } = asked.data;
  const loaded = await loadKey(id, context);
  if (!loaded.ok) return loaded;
  const { key, shares, epoch, trust } = loaded.value;
  if (!key.parties.includes(party))
    return refuse('key-parties-differ', `Party ${party} holds no share of this key.`);
  const own = shares.find((share) => share.party === party);
  // Nobody can ask a cold party, and one that holds its share after all says so on the first trip.
  const isCold = isColdIn(trust.roster, party);
  if (!isCold && own?.state === 'usable' && own.epoch === epoch)
    return refuse(
      'share-held',
      `Party ${party} says that it holds its share of epoch ${epoch} and that it opens. There is nothing to repair.`,
    );
  const helpers = chooseHelpers({ roster: trust.roster, shares, epoch, party, key });
  if (helpers.length < key.threshold)
    return refuse(
      'repair-helpers-too-few',
      `A repair needs ${key.threshold} other parties with a share of epoch ${epoch} that opens, and ${helpers.length === 1 ? 'only one says' : 'none says'} that it has one. See Backups and recovery.`,
    );
  const intent = keyRepairIntent.parse({
    ...intentBase({ operation, kind: 'key-repair', policy: trust.policy }, context),
    key: id,
    epoch,
    party,
    helpers,
  });
  const prepared = await prepareRaise(actor, { intent, note: null, attempt: 1 }, trust, context);
  return prepared.ok ? ok({ ...prepared.value, intent }) : prepared;
}
