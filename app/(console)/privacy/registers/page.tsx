import type { Metadata } from 'next';
import { RefusedPage } from '#components/identity/refused-page.tsx';
import { RegistersScreen } from '#components/privacy/registers-screen.tsx';
import { requireActor } from '#lib/identity/current-actor.ts';
import { webContext } from '#lib/platform/web-context.ts';
import { viewRegisters } from '#lib/privacy/registers/view-registers.ts';

export const metadata: Metadata = { title: 'Data protection registers' };

export default async function RegistersPage() {
  const actor = await requireActor();
  const view = await viewRegisters(actor, webContext());
  if (!view.ok) return <RefusedPage sentence={view.refusal.sentence} />;
  return <RegistersScreen view={view.value} />;
}
