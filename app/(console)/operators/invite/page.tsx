import type { Metadata } from 'next';
import { InvitePerson } from '#components/identity/invite-person.tsx';
import { RefusedPage } from '#components/identity/refused-page.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { requireActor } from '#lib/identity/current-actor.ts';

export const metadata: Metadata = { title: 'Invite a person' };

export default async function InvitePage() {
  const actor = await requireActor();
  if (!actor.scopes.has('operator:invite'))
    return <RefusedPage sentence="An administrator invites people." />;
  return (
    <>
      <PageHeader
        crumbs={[{ label: 'Operators', href: '/operators' }, { label: 'Invite' }]}
        title="Invite a person"
        state="They get a link that works once, register their keys with it, and count once colleagues have admitted those keys by a roster operation."
      />
      <InvitePerson />
    </>
  );
}
