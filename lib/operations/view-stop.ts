/** What a stop or a release is about, beside its intent, for the operation's page. */
import { operatorName } from '#lib/persons/operator-names.ts';
import type { Database } from '#lib/platform/db/client.ts';
import { shownText } from '#lib/protocol/free-text.ts';
import type { Intent } from '#lib/protocol/intent.ts';
import { scopeOf } from './facts/standing-freezes.ts';
import { scopeWords } from './scope-words.ts';

export type FreezeFacts = {
  operation: string;
  number: string;
  /** "Vault hot-1". */
  scope: string;
  frozenAt: string;
  frozenBy: string;
  /** Null while it stands. */
  releasedAt: string | null;
};

export type StopView = {
  /** The freeze that the operation made, or would release. */
  freeze: FreezeFacts | null;
  /** Whose keys end, by the console's record; none of it is signed. */
  revoked: { person: string; key: string | null } | null;
  /** Numbers of the incident records that the operation opened. */
  incidents: string[];
};

export async function viewStop(intent: Intent, db: Database): Promise<StopView> {
  const [freeze, revoked, incidents] = await Promise.all([
    viewFreeze(intent, db),
    viewRevoked(intent, db),
    db.incidentRecord.findMany({
      where: { operations: { some: { operationId: intent.operation } } },
      select: { number: true },
      orderBy: { number: 'asc' },
      take: 20,
    }),
  ]);
  return { freeze, revoked, incidents: incidents.map(({ number }) => number) };
}

async function viewFreeze(intent: Intent, db: Database): Promise<FreezeFacts | null> {
  const operationId =
    intent.kind === 'freeze' ? intent.operation : intent.kind === 'release' ? intent.freeze : null;
  if (operationId === null) return null;
  const row = await db.freeze.findUnique({
    where: { operationId },
    include: { operation: { select: { number: true } } },
  });
  if (!row) return null;
  return {
    operation: row.operationId,
    number: row.operation.number,
    scope: scopeWords(scopeOf(row)),
    frozenAt: row.frozenAt.toISOString(),
    frozenBy: await operatorName(db, row.frozenBy),
    releasedAt: row.releasedAt?.toISOString() ?? null,
  };
}

async function viewRevoked(intent: Intent, db: Database): Promise<StopView['revoked']> {
  if (intent.kind !== 'revocation') return null;
  const [person, key] = await Promise.all([
    operatorName(db, intent.person),
    intent.credential === null
      ? null
      : db.credential.findUnique({ where: { id: intent.credential }, select: { label: true } }),
  ]);
  return {
    person,
    key: intent.credential === null ? null : shownText(key?.label ?? 'unknown key'),
  };
}
