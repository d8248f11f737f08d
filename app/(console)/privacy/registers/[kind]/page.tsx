import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { RefusedPage } from '#components/identity/refused-page.tsx';
import { kindOfSlug, listTitle } from '#components/resilience/kind-address.ts';
import { filterOf, listAsked } from '#components/resilience/list-query.ts';
import { ListScreen } from '#components/resilience/list-screen.tsx';
import { requireActor } from '#lib/identity/current-actor.ts';
import { askedIn, type SearchParams } from '#lib/platform/search-params.ts';
import { webContext } from '#lib/platform/web-context.ts';
import { listRegister, mayWriteRegisters } from '#lib/privacy/registers/list-register.ts';

type Props = { params: Promise<{ kind: string }>; searchParams: SearchParams };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const kind = kindOfSlug('privacy', (await params).kind);
  return kind === null ? {} : { title: listTitle(kind) };
}

export default async function RegisterPage({ params, searchParams }: Props) {
  const actor = await requireActor();
  const kind = kindOfSlug('privacy', (await params).kind);
  if (kind === null) notFound();
  const context = webContext();
  const given = askedIn(await searchParams);
  const asked = listAsked(given);
  const after = given['after'] ?? null;
  const today = context.clock().toISOString().slice(0, 10);
  const page = await listRegister(
    actor,
    { ...filterOf(kind, asked, today, after), kind, finding: asked.finding ?? null },
    context,
  );
  if (!page.ok) return <RefusedPage sentence={page.refusal.sentence} />;
  return (
    <ListScreen
      kind={kind}
      asked={asked}
      after={after}
      page={page.value}
      today={today}
      canWrite={mayWriteRegisters(actor)}
    />
  );
}
