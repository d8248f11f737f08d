import type { Metadata } from 'next';
import { RefusedPage } from '#components/identity/refused-page.tsx';
import { RegisterScreen } from '#components/resilience/register-screen.tsx';
import { requireActor } from '#lib/identity/current-actor.ts';
import { askedIn, type SearchParams } from '#lib/platform/search-params.ts';
import { webContext } from '#lib/platform/web-context.ts';
import { listSubmissions } from '#lib/resilience/records/list-submissions.ts';
import { viewFramework } from '#lib/resilience/records/view-framework.ts';
import { viewRegisterCheck } from '#lib/resilience/records/view-register-check.ts';

export const metadata: Metadata = { title: 'Register of information' };

export default async function RegisterPage({ searchParams }: { searchParams: SearchParams }) {
  const actor = await requireActor();
  const context = webContext();
  const framework = await viewFramework(actor, context);
  if (!framework.ok) return <RefusedPage sentence={framework.refusal.sentence} />;
  const submissions = await listSubmissions(actor, context);
  if (!submissions.ok) return <RefusedPage sentence={submissions.refusal.sentence} />;
  const { check: date = null } = askedIn(await searchParams);
  const check = date === null ? null : await viewRegisterCheck(actor, { date }, context);
  return (
    <RegisterScreen
      completeness={framework.value.completeness}
      check={check}
      submissions={submissions.value}
      today={context.clock().toISOString().slice(0, 10)}
      date={date ?? `${context.clock().getUTCFullYear() - 1}-12-31`}
      canWrite={actor.scopes.has('resilience:write')}
    />
  );
}
