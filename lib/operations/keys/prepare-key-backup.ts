import { z } from 'zod';
import type { Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { keyBackupIntent, type KeyBackupIntent } from '#lib/protocol/key-intents.ts';
import { operationId, slug } from '#lib/protocol/scalars.ts';
import { intentBase } from '../intent-base.ts';
import { prepareRaise, type PreparedStatement } from '../prepare-raise.ts';
import { lacksRaiseScope } from '../raise-scope.ts';
import { loadKey } from './load-key.ts';

const form = z.strictObject({ operation: operationId, key: slug });

/** Gives out the raise statement by which each party of a key seals its share for its custodians. */
export async function prepareKeyBackup(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<PreparedStatement & { intent: KeyBackupIntent }>> {
  const refused = lacksRaiseScope(actor, 'key-backup');
  if (refused) return refused;
  const asked = form.safeParse(input);
  if (!asked.success) return refuse('form-invalid', 'Choose a key of the key register.');
  const { operation, key: id } = asked.data;
  const loaded = await loadKey(id, context);
  if (!loaded.ok) return loaded;
  const { key, shares, epoch, trust } = loaded.value;
  const kept = new Set((trust.roster.backups ?? []).map(({ party }) => party));
  const bare = key.parties.filter((party) => !kept.has(party));
  if (bare.length > 0)
    return refuse(
      'backup-group-missing',
      `Nobody keeps the share of party ${bare.join(' and ')}: the roster names no group of custodians for ${bare.length === 1 ? 'it' : 'them'}. Make the group and name it in the roster first.`,
    );
  const lost = shares.filter(({ state }) => state === 'lost' || state === 'none');
  if (lost.length > 0)
    return refuse(
      'share-lost',
      `Party ${lost.map(({ party }) => party).join(' and ')} has lost its share and can’t seal it. Repair it first.`,
    );
  const intent = keyBackupIntent.parse({
    ...intentBase({ operation, kind: 'key-backup', policy: trust.policy }, context),
    key: id,
    epoch,
    parties: key.parties,
  });
  const prepared = await prepareRaise(actor, { intent, note: null, attempt: 1 }, trust, context);
  return prepared.ok ? ok({ ...prepared.value, intent }) : prepared;
}
