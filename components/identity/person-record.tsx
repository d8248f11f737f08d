import type { PersonView, RosterEntry } from '#lib/operations/view-person.ts';
import { LiveRefresh } from '../live/live-refresh.tsx';
import { actingText } from '../operations/acting-text.ts';
import { DescriptionList, Footing } from '../ui/description-list.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Code } from '../ui/grouped.tsx';
import { PageHeader, SectionHeading } from '../ui/page-header.tsx';
import { Panel, RecordColumns } from '../ui/panel.tsx';
import { StatusMark } from '../ui/status-mark.tsx';
import { TextLink } from '../ui/text-link.tsx';
import { Time } from '../ui/time.tsx';
import { Timeline } from '../ui/timeline.tsx';
import { AccessSection } from './access-section.tsx';
import { AdmitPerson } from './admit-person.tsx';
import { admissionEntries } from './admission-entries.ts';
import { KeyFacts } from './key-facts.tsx';
import { groupMeaning, groupText, personStatus, rolesText } from './people-words.ts';
import { RenewLink } from './renew-link.tsx';
import { StopKey } from './stop-buttons.tsx';

/** One person: who they are, their keys, and how they came or come into the roster. */
export function PersonRecord({ person }: { person: PersonView }) {
  const { shape, tone, words } = personStatus(person.status);
  return (
    <>
      <LiveRefresh topics={['operators', 'operations', 'roster']} />
      <RecordColumns
        facts={
          <>
            <PageHeader
              crumbs={[{ label: 'Operators', href: '/operators' }, { label: person.displayName }]}
              title={person.displayName}
              state={
                <StatusMark shape={shape} tone={tone}>
                  {words}
                </StatusMark>
              }
            />
            <Facts person={person} />
            <div className="mt-8">
              <SectionHeading>Keys</SectionHeading>
              <Keys person={person} />
            </div>
          </>
        }
        aside={
          <>
            <NextStep person={person} />
            <AccessSection person={person} />
          </>
        }
      />
    </>
  );
}

function Facts({ person }: { person: PersonView }) {
  return (
    <DescriptionList
      items={[
        { term: 'Roles', detail: rolesText(person.roles) },
        {
          term: 'Acts for',
          detail: (
            <>
              {groupText(person.group)}
              {person.seat.standsInFor && <>; states {actingText(person.seat)}</>}
              <Footing>{groupMeaning(person.seat.group ?? person.group)}</Footing>
            </>
          ),
        },
        {
          term: 'In records',
          detail: (
            <>
              <Code>{person.id}</Code>
              <Footing>What they sign carries this pseudonym; the name can be erased.</Footing>
            </>
          ),
        },
        {
          term: 'Invited',
          detail: (
            <>
              <Time instant={person.invitedAt} style="minute" />
              {person.invitedBy !== null && `, by ${person.invitedBy}`}
              {person.linkExpiresAt !== null && (
                <Footing>
                  The link works until <Time instant={person.linkExpiresAt} style="minute" />.
                </Footing>
              )}
            </>
          ),
        },
        { term: 'Open sessions', detail: person.openSessions },
      ]}
    />
  );
}

function Keys({ person }: { person: PersonView }) {
  if (person.keys.length === 0)
    return (
      <EmptyState title="No key is registered yet">
        Keys appear here as the person registers them with their enrolment link.
      </EmptyState>
    );
  const isOut = person.status === 'suspended';
  return (
    <Panel label={`Keys of ${person.displayName}`}>
      {person.keys.map((key) => (
        <KeyFacts
          key={key.id}
          view={isOut && key.status === 'active' ? { ...key, status: 'suspended' } : key}
          more={<Since entry={key.since} />}
          action={
            person.stop.allowed &&
            key.status !== 'revoked' && (
              <StopKey
                name={person.displayName}
                credential={key.id}
                label={key.label}
                isLast={person.isLastAdministrator && countOfActive(person) === 1}
              />
            )
          }
        />
      ))}
    </Panel>
  );
}

const countOfActive = ({ keys }: PersonView): number =>
  keys.filter(({ status }) => status === 'active').length;

function Since({ entry }: { entry: RosterEntry | null }) {
  if (!entry) return <p>In no roster version</p>;
  return (
    <p>
      In the roster since version {entry.version}, <Time instant={entry.adoptedAt} style="minute" />
      ,{' '}
      {entry.operation ? (
        <>
          by{' '}
          <TextLink href={`/operations/${entry.operation.id}`}>
            <Code>{entry.operation.number}</Code>
          </TextLink>
        </>
      ) : (
        <TextLink href="/genesis">by genesis</TextLink>
      )}
    </p>
  );
}

function NextStep({ person }: { person: PersonView }) {
  const { status, admission, admit, renew } = person;
  if (status === 'invited')
    return (
      <section>
        <SectionHeading>Enrolment link</SectionHeading>
        {renew.allowed ? (
          <RenewLink operator={person.id} name={person.displayName} />
        ) : (
          <p className="text-text-quiet">{renew.sentence}</p>
        )}
      </section>
    );
  if (status !== 'pending') return null;
  return (
    <>
      <section>
        <SectionHeading>Admission</SectionHeading>
        {admit.allowed ? (
          <AdmitPerson
            operator={person.id}
            name={person.displayName}
            labels={Object.fromEntries(person.keys.map(({ id, label }) => [id, label]))}
          />
        ) : (
          <p className="text-text-quiet">{admit.sentence}</p>
        )}
      </section>
      {admission && (
        <section>
          <SectionHeading
            action={
              <TextLink href={`/operations/${admission.operation}`}>
                Open {admission.number}
              </TextLink>
            }
          >
            {admission.failed ? 'The attempt before' : 'Under way'}
          </SectionHeading>
          <Timeline label="Admission" entries={admissionEntries(admission)} />
        </section>
      )}
    </>
  );
}
