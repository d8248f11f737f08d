import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import type { PartyClient } from '#lib/mpc/client/party-client.ts';
import type { Context } from '#lib/platform/context.ts';
import { ok, type Result } from '#lib/platform/result.ts';
import { shownText } from '#lib/protocol/free-text.ts';
import type { Requirement } from '#lib/protocol/policy.ts';
import { scopeOf, standingFreezes } from './facts/standing-freezes.ts';
import { lacksRaiseScope } from './raise-scope.ts';
import { scopeWords } from './scope-words.ts';
import { finalStates } from './states.ts';
import { loadTrust, type Trust } from './trust.ts';
import type { ActionView } from './view-operation.ts';

export type FreezeView = {
  /** The operation that froze. */
  operation: string;
  number: string;
  what: 'everything' | 'asset' | 'vault';
  /** The asset or the vault; null for everything. */
  value: string | null;
  /** "Vault hot-1". */
  scope: string;
  frozenAt: string;
  frozenBy: string;
  /** Parties that have taken it over. */
  parties: string[];
  /** Number of the incident that it opened. */
  incident: string | null;
  /** Null while it stands. */
  releasedAt: string | null;
  /** The release: raised and on its way, or done. */
  release: { operation: string; number: string } | null;
};

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
    freeze: actionOf(lacksRaiseScope(actor, 'freeze')),
    release: actionOf(lacksRaiseScope(actor, 'release')),
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

/** By the first rule that is about releases; who raises one is told exactly, before they sign. */
function releaseNeeds({ rules }: Trust['policy']): Requirement[] | null {
  const rule = rules.find(({ when }) => when.kinds.includes('release'));
  return rule?.outcome.effect === 'allow' ? rule.outcome.needs : null;
}

const actionOf = (refused: ReturnType<typeof lacksRaiseScope>): ActionView =>
  refused ? { allowed: false, sentence: refused.refusal.sentence } : { allowed: true };

/** In the order of the ids. */
async function viewFreezes(ids: readonly string[], { db }: Context): Promise<FreezeView[]> {
  if (ids.length === 0) return [];
  const rows = await db.freeze.findMany({
    where: { operationId: { in: [...ids] } },
    include: {
      operation: {
        include: {
          adoptions: { select: { party: true } },
          incidents: { include: { incident: { select: { number: true, what: true } } } },
        },
      },
    },
  });
  const [people, releases] = await Promise.all([
    db.operator.findMany({
      where: { id: { in: rows.map(({ frozenBy }) => frozenBy) } },
      select: { id: true, displayName: true },
    }),
    findReleases(rows, db),
  ]);
  const names = new Map(people.map(({ id, displayName }) => [id, displayName]));
  return ids.flatMap((id) => {
    const row = rows.find(({ operationId }) => operationId === id);
    if (!row) return [];
    const scope = scopeOf(row);
    const incident = row.operation.incidents.find(({ incident: { what } }) => what === 'freeze');
    return [
      {
        operation: id,
        number: row.operation.number,
        what: scope.what,
        value: row.value,
        scope: scopeWords(scope),
        frozenAt: row.frozenAt.toISOString(),
        frozenBy: names.get(row.frozenBy) ?? row.frozenBy,
        parties: row.operation.adoptions.map(({ party }) => party).sort(),
        incident: incident?.incident.number ?? null,
        releasedAt: row.releasedAt?.toISOString() ?? null,
        release: releases.get(id) ?? null,
      },
    ];
  });
}

/** Releases by the freeze they are of: the one that did it, or one that is open. */
async function findReleases(
  freezes: readonly { operationId: string; releasedByOperation: string | null }[],
  db: Context['db'],
): Promise<Map<string, { operation: string; number: string }>> {
  const done = freezes.flatMap(({ releasedByOperation: id }) => (id === null ? [] : [id]));
  const rows = await db.operation.findMany({
    where: {
      kind: 'release',
      OR: [{ id: { in: done } }, { state: { notIn: [...finalStates] } }],
    },
    select: { id: true, number: true, intent: true },
  });
  const found = new Map<string, { operation: string; number: string }>();
  for (const { id, number, intent } of rows) {
    const { freeze } = JSON.parse(intent) as { freeze: string };
    found.set(freeze, { operation: id, number });
  }
  return found;
}
