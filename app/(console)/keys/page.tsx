import type { Metadata } from 'next';
import { RefusedPage } from '#components/identity/refused-page.tsx';
import { KeysScreen } from '#components/keys/keys-screen.tsx';
import { requireActor } from '#lib/identity/current-actor.ts';
import { viewKeys } from '#lib/operations/keys/view-keys.ts';
import { webContext } from '#lib/platform/web-context.ts';

export const metadata: Metadata = { title: 'Keys' };

export default async function KeysPage() {
  const actor = await requireActor();
  const keys = await viewKeys(actor, webContext());
  if (!keys.ok) return <RefusedPage sentence={keys.refusal.sentence} />;
  return <KeysScreen keys={keys.value} canRaise={actor.scopes.has('key:raise')} />;
}
