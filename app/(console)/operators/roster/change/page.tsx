import type { Metadata } from 'next';
import { RefusedPage } from '#components/identity/refused-page.tsx';
import { ChangeScreen } from '#components/roster/change-screen.tsx';
import { isWhat } from '#components/roster/read-change.ts';
import { PageHeader } from '#components/ui/page-header.tsx';
import { requireActor } from '#lib/identity/current-actor.ts';
import { viewRoster } from '#lib/operations/roster/view-roster.ts';
import { webContext } from '#lib/platform/web-context.ts';

export const metadata: Metadata = { title: 'Change the roster' };

type Search = Promise<Record<string, string | string[] | undefined>>;

export default async function ChangeRosterPage({ searchParams }: { searchParams: Search }) {
  const view = await viewRoster(await requireActor(), webContext());
  if (!view.ok) return <RefusedPage sentence={view.refusal.sentence} />;
  if (!view.value.canChange)
    return <RefusedPage sentence="Custody officers and administrators raise roster changes." />;
  const search = await searchParams;
  const text = (name: string): string => {
    const value = search[name];
    return typeof value === 'string' ? value : '';
  };
  const what = text('what');
  const known = (id: string): string =>
    view.value.people.some((person) => person.id === id) ? id : '';
  const { version } = view.value;
  return (
    <>
      <PageHeader
        crumbs={[
          { label: 'Operators', href: '/operators' },
          { label: 'Roster', href: '/operators/roster' },
          { label: 'Change' },
        ]}
        title="Change the roster"
        state={`A change of version ${version}, which is in force. It is searched for lock-outs and for what one person could do alone before anybody signs it.`}
      />
      <ChangeScreen
        // What was read in another version is not raised.
        key={version}
        view={view.value}
        preset={{
          what: isWhat(what) ? what : 'seat',
          person: known(text('person')),
          from: known(text('from')),
          party: text('party'),
        }}
      />
    </>
  );
}
