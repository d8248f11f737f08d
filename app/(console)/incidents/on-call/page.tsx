import type { Metadata } from 'next';
import { RefusedPage } from '#components/identity/refused-page.tsx';
import { OnCallScreen } from '#components/incidents/on-call-screen.tsx';
import { requireActor } from '#lib/identity/current-actor.ts';
import { listOnCall } from '#lib/incidents/on-call/list-on-call.ts';
import { webContext } from '#lib/platform/web-context.ts';

export const metadata: Metadata = { title: 'On call' };

export default async function OnCallPage() {
  const actor = await requireActor();
  const context = webContext();
  const view = await listOnCall(actor, context);
  if (!view.ok) return <RefusedPage sentence={view.refusal.sentence} />;
  return <OnCallScreen view={view.value} now={context.clock().toISOString()} />;
}
