import { rolesOf } from '#lib/persons/roles-of.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { clientsOf, wholeSpans } from '../collect/spans.ts';
import { ownSpans } from '../collect/system.ts';
import { systemOf } from '../collect/systems.ts';
import { loadErasureFacts } from './load-facts.ts';
import type { ErasingRight } from '../requests/life.ts';
import { planOf, type ErasurePlan, type Held } from './plan.ts';
import { clientSystems, rightsSystems } from './plan-others.ts';

type Asked = {
  person: string;
  right: ErasingRight;
  /** Number of the request that asks for it, which does not stand against itself. */
  number: string | null;
  /** YYYY-MM-DD. */
  today: string;
};

/**
 * Everything that is held of somebody, with what an erasure would do to it on this day.
 * @returns null where nobody is known by this id, or who was erased.
 */
export async function planErasure(
  tx: Tx,
  { person, right, number, today }: Asked,
): Promise<ErasurePlan | null> {
  const held = await loadHeld(tx, person);
  if (!held) return null;
  return planOf(held, await loadErasureFacts(tx, person, number), { right, today });
}

async function loadHeld(tx: Tx, person: string): Promise<Held | null> {
  const row = await tx.person.findUnique({
    where: { id: person },
    select: { keyId: true, _count: { select: { ties: true } } },
  });
  if (!row || row.keyId === null) return null;
  const where = { personId: person };
  const roles = await rolesOf(tx, person);
  const clients = clientsOf(await ownSpans(tx, person));
  const isOperator = roles.includes('operator');
  const values = await tx.personValue.groupBy({
    by: ['field'],
    where,
    _count: { version: true },
    orderBy: { field: 'asc' },
  });
  return {
    person,
    roles,
    values: values.map(({ field, _count }) => ({ field, versions: _count.version })),
    hashes: await tx.personHash.count({ where }),
    texts: await tx.personMention.count({ where }),
    looks: await tx.personLook.count({ where }),
    requests: await tx.privacyRequestStanding.count({ where }),
    ties: row._count.ties,
    acts: isOperator ? await tx.operationStatement.count({ where }) : 0,
    packages: await tx.privacyPackageBuilt.count({
      where: { erasedAt: null, package: { personId: person } },
    }),
    ownClients: clients,
    systems: await countSystems(tx, person, clients),
    access: isOperator
      ? (await tx.credential.count({ where: { operatorId: person } })) +
        (await tx.session.count({ where: { operatorId: person } }))
      : 0,
  };
}

/** By the collectors, which read by indexes alone. */
async function countSystems(
  tx: Tx,
  id: string,
  clients: readonly string[],
): Promise<Held['systems']> {
  const counts = {
    ledger: 0,
    operations: 0,
    destinations: 0,
    statements: 0,
    registers: 0,
    incidents: 0,
    corrections: 0,
    restrictions: 0,
    consents: 0,
    stops: 0,
    breaches: 0,
    files: 0,
  };
  const subject = { id, spans: wholeSpans(clients) };
  for (const code of [...clientSystems, ...rightsSystems, 'files'] as const)
    counts[code] = await systemOf(code).count(tx, subject);
  return counts;
}
