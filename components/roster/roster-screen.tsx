import type { RosterView } from '#lib/operations/roster/view-roster.ts';
import { OperatorsTabs } from '../identity/operators-tabs.tsx';
import { LiveRefresh } from '../live/live-refresh.tsx';
import { WaitingChanges } from '../policy/policy-lists.tsx';
import { Code, Digest } from '../ui/grouped.tsx';
import { LinkButton } from '../ui/link-button.tsx';
import { PageHeader, SectionHeading } from '../ui/page-header.tsx';
import { TextLink } from '../ui/text-link.tsx';
import { Time } from '../ui/time.tsx';
import { Evidence } from '../ui/timeline.tsx';
import { Custodians, Delegations } from './arrangements.tsx';
import { PartiesTable } from './parties-table.tsx';
import { PeopleTable } from './people-table.tsx';

/** The roster in force, and the way to change it. */
export function RosterScreen({ view, serverNow }: { view: RosterView; serverNow: string }) {
  const { version, operation, canChange } = view;
  return (
    <>
      <LiveRefresh topics={['operations', 'operators']} />
      <PageHeader
        title="Roster"
        state={
          <>
            Version {version} in force since <Time instant={view.since} style="minute" />,{' '}
            {operation ? (
              <>
                by{' '}
                <TextLink href={`/operations/${operation.id}`}>
                  <Code>{operation.number}</Code>
                </TextLink>
              </>
            ) : (
              'by genesis'
            )}
            . Each party keeps it for itself; who is not in it counts for nothing.
          </>
        }
        action={
          canChange && (
            <LinkButton href="/operators/roster/change" tone="primary">
              Change the roster
            </LinkButton>
          )
        }
      />
      <OperatorsTabs current="/operators/roster" />
      <div className="space-y-8">
        {view.waiting.length > 0 && <WaitingChanges changes={view.waiting} serverNow={serverNow} />}
        <section>
          <SectionHeading>People</SectionHeading>
          <PeopleTable people={view.people} canChange={canChange} />
        </section>
        <section>
          <SectionHeading>Who stands in for whom</SectionHeading>
          <Delegations delegations={view.delegations} canChange={canChange} />
        </section>
        <section>
          <SectionHeading>Who keeps parts of shares</SectionHeading>
          <Custodians groups={view.custodians} canChange={canChange} />
        </section>
        <section>
          <SectionHeading>Parties</SectionHeading>
          <PartiesTable parties={view.parties} />
        </section>
        <section>
          <SectionHeading>Digest of version {version}</SectionHeading>
          <Digest value={view.digest} words={view.words} />
          <p className="mt-2 text-sm text-text-quiet">
            Every statement names the version; the parties’ own pages show the same words.
          </p>
        </section>
        <HowItChanges />
      </div>
    </>
  );
}

function HowItChanges() {
  return (
    <section className="max-w-prose">
      <SectionHeading>How it changes</SectionHeading>
      <p className="text-text-quiet">
        What only takes something away takes effect at once, by one person. What gives somebody a
        say needs the people whom the rules ask for, and then waits out the time-lock.
      </p>
      <Evidence label="What takes something away">
        Fewer roles, no group, a sooner end, a delegation or a person taken out. Whatever else
        changes counts as giving, and so does what would leave nobody but its raiser able to put
        things right. People come in by being invited and admitted.
      </Evidence>
    </section>
  );
}
