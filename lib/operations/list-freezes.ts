import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import type { PartyClient } from '#lib/mpc/client/party-client.ts';
import type { Context } from '#lib/platform/context.ts';
import { ok, type Result } from '#lib/platform/result.ts';
import { shownText } from '#lib/protocol/free-text.ts';
import type { Requirement } from '#lib/protocol/policy.ts';
import { standingFreezes } from './facts/standing-freezes.ts';
import { lacksRaiseScope } from './raise-scope.ts';
import { releaseNeeds } from './release-needs.ts';
import { loadTrust, type Trust } from './trust.ts';
import { viewFreezes, type FreezeView } from './view-freezes.ts';
import type { ActionView } from './view-operation.ts';

export type FreezesView = {
  standing: FreezeView[];
  /** Released, newest first. */
  released: FreezeView[];
  /** What can be frozen beside everything. */
  vaults: { id: string; name: string }[];
  assets: string[];
  /** Names of the roster's parties: told at once, as a rule switched off, without a network. */
  parties: { online: string[]; off: string[]; cold: string[] };
  /** What policy asks for a release today, beside whoever raises it; null before the genesis. */
  releaseNeeds: Requirement[] | null;
  freeze: ActionView;
  release: ActionView;
};

const releasedMax = 20;

/**
 * What stands still, what was released, and what this person may do about it.
 *
 * @param parties those the web server knows; they are not asked anything here.
 */
export async function listFreezes(
  actor: Actor,
  parties: readonly Pick<PartyClient, 'name' | 'expected'>[],
  context: Context,
): Promise<Result<FreezesView>> {
  const refused = lacksScope(actor, 'operation:read');
  if (refused) return refused;
  const { db } = context;
  const [trust, standing, released, vaults, held] = await Promise.all([
    loadTrust(db),
    standingFreezes(db),
    db.freeze.findMany({
      where: { releasedAt: { not: null } },
      orderBy: [{ releasedAt: 'desc' }, { operationId: 'asc' }],
      take: releasedMax,
      select: { operationId: true },
    }),
    db.vault.findMany({ select: { id: true, name: true }, orderBy: { id: 'asc' }, take: 200 }),
    db.account.findMany({
      where: { kind: 'vault' },
      select: { asset: true },
      distinct: ['asset'],
      orderBy: { asset: 'asc' },
    }),
  ]);
  const view = (ids: readonly string[]) => viewFreezes(ids, context);
  return ok({
    standing: await view(standing.map(({ operation }) => operation)),
    released: await view(released.map(({ operationId }) => operationId)),
    vaults: vaults.map(({ id, name }) => ({ id, name: shownText(name) })),
    assets: held.map(({ asset }) => asset),
    parties: partiesOf(trust, parties),
    releaseNeeds: trust && releaseNeeds(trust.policy),
    freeze: actionOf(
      lacksRaiseScope(actor, 'freeze'),
      'If something looks wrong, tell a custody officer or an administrator: each of them can freeze it alone, at once.',
    ),
    release: actionOf(lacksRaiseScope(actor, 'release'), 'A custody officer raises its release.'),
  });
}

function partiesOf(
  trust: Trust | null,
  known: readonly Pick<PartyClient, 'name' | 'expected'>[],
): FreezesView['parties'] {
  const all = trust?.roster.parties ?? [];
  const networked = all.filter(({ cold }) => cold !== true).map(({ name }) => name);
  const isOff = (name: string) =>
    known.some((party) => party.name === name && party.expected === 'offline');
  return {
    online: networked.filter((name) => !isOff(name)),
    off: networked.filter(isOff),
    cold: all.filter(({ cold }) => cold === true).map(({ name }) => name),
  };
}

const actionOf = (refused: ReturnType<typeof lacksRaiseScope>, sentence: string): ActionView =>
  refused ? { allowed: false, sentence } : { allowed: true };
