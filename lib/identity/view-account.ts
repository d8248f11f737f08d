import type { Context } from '#lib/platform/context.ts';
import type { Actor } from './actor.ts';
import { keyView, type HeldKeyView } from './key-view.ts';
import { keysInRoster } from './keys-in-roster.ts';
import { isOpenAt } from './sessions.ts';

export type SessionView = {
  id: string;
  /** The one this page was asked for with. */
  isThis: boolean;
  keyLabel: string;
  /** ISO instants. */
  openedAt: string;
  lastSeenAt: string;
  endsAt: string;
};

export type AccountView = {
  id: string;
  displayName: string;
  roles: string[];
  group: string | null;
  keys: HeldKeyView[];
  sessions: SessionView[];
};

const sessionsMax = 200;

/** The actor's own keys and open sessions. Everybody may see their own, whatever their role. */
export async function viewAccount(actor: Actor, context: Context): Promise<AccountView> {
  const [row, inRoster] = await Promise.all([
    context.db.operator.findUniqueOrThrow({
      where: { id: actor.personId },
      include: {
        credentials: { orderBy: { createdAt: 'asc' } },
        sessions: {
          where: isOpenAt(context.clock()),
          orderBy: { createdAt: 'desc' },
          take: sessionsMax,
        },
      },
    }),
    keysInRoster(actor.personId, context),
  ]);
  return {
    id: row.id,
    displayName: actor.displayName,
    roles: row.roles,
    group: row.group,
    keys: row.credentials.map((key) => ({ ...keyView(key), inRoster: inRoster.has(key.id) })),
    sessions: row.sessions.map((session) => ({
      id: session.id,
      isThis: session.id === actor.sessionId,
      keyLabel:
        row.credentials.find(({ id }) => id === session.credentialId)?.label ?? 'unknown key',
      openedAt: session.createdAt.toISOString(),
      lastSeenAt: session.lastSeenAt.toISOString(),
      endsAt: session.expiresAt.toISOString(),
    })),
  };
}
