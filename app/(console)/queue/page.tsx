import type { Metadata } from 'next';
import { rolesText } from '#components/identity/people-words.ts';
import { RefusedPage } from '#components/identity/refused-page.tsx';
import { QueueScreen } from '#components/operations/queue-screen.tsx';
import { requireActor } from '#lib/identity/current-actor.ts';
import { viewQueue } from '#lib/operations/view-queue.ts';
import { webContext } from '#lib/platform/web-context.ts';

export const metadata: Metadata = { title: 'Queue' };

export default async function QueuePage() {
  const actor = await requireActor();
  const context = webContext();
  const queue = await viewQueue(actor, context);
  if (!queue.ok) return <RefusedPage sentence={queue.refusal.sentence} />;
  return (
    <QueueScreen
      initial={queue.value}
      serverNow={context.clock().toISOString()}
      role={rolesText(actor.roles)}
      canRaise={actor.scopes.has('operation:raise')}
    />
  );
}
