import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { RefusedPage } from '#components/identity/refused-page.tsx';
import { RaiseControl } from '#components/proofs/raise-control.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { requireActor } from '#lib/identity/current-actor.ts';
import { viewSnapshot } from '#lib/operations/proofs/view-snapshot.ts';
import { webContext } from '#lib/platform/web-context.ts';

export const metadata: Metadata = { title: 'Prove control' };

export default async function ControlPage({
  params,
}: {
  params: Promise<{ id: string; vault: string }>;
}) {
  const actor = await requireActor();
  const { id, vault } = await params;
  const snapshot = await viewSnapshot(actor, id, webContext());
  if (!snapshot.ok && snapshot.refusal.code === 'snapshot-unknown') notFound();
  if (!snapshot.ok) return <RefusedPage sentence={snapshot.refusal.sentence} />;
  const reserve = snapshot.value.reserves.find((entry) => entry.vault === vault);
  if (!reserve) notFound();
  if (!snapshot.value.mayRaise)
    return <RefusedPage sentence="A custody officer raises a proof of control." />;
  return (
    <>
      <PageHeader
        crumbs={[
          { label: 'Proofs', href: '/proofs' },
          { label: 'Snapshot', href: `/proofs/${id}` },
          { label: 'Prove control' },
        ]}
        title={`Prove control of ${reserve.name}`}
        state="The key of this vault answers for the snapshot."
      />
      <RaiseControl snapshot={id} vault={vault} />
    </>
  );
}
