import {
  contactFields,
  entityTypes,
  type ContactField,
  type ProfileFacts,
} from '#lib/incidents/entity/profile.ts';
import type { ProfileView } from '#lib/incidents/entity/view-profile.ts';
import { memberStates } from '#lib/incidents/member-states.ts';
import { LiveRefresh } from '../live/live-refresh.tsx';
import { DescriptionList, Footing } from '../ui/description-list.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Code } from '../ui/grouped.tsx';
import { Notice } from '../ui/notice.tsx';
import { PageHeader, SectionHeading } from '../ui/page-header.tsx';
import { Time } from '../ui/time.tsx';
import { DeskTabs } from './desk-tabs.tsx';
import { EntityForm } from './entity-form.tsx';

/** What this entity is to the law: what its time limits and reports are made from. */
export function EntityScreen({ view }: { view: ProfileView }) {
  const { profile, newest, contacts, can } = view;
  return (
    <div className="max-w-[56rem]">
      <PageHeader
        title="This entity"
        state={
          profile === null
            ? 'Not on record yet, so no time limit is computed.'
            : `Time limits and reports are made from version ${profile.version}.`
        }
        action={can.write && <EntityForm view={view} />}
      />
      <DeskTabs current="/incidents/entity" />
      <LiveRefresh topics={['incidents']} />
      {newest > (profile?.version ?? 0) && (
        <div className="mb-6">
          <Notice tone="danger" title={`Version ${newest} can’t be read.`}>
            This console writes no such version, so{' '}
            {profile === null ? 'no time limit is computed' : `version ${profile.version} counts`}.
            Find out who wrote it, and record what this entity is anew.
          </Notice>
        </div>
      )}
      {profile === null ? (
        <EmptyState title="What this entity is to the law">
          Its type, Member State, time zone and Legal Entity Identifier are missing. Which holidays
          count, whether a limit that ends on a weekend is moved to the next working day, and the
          local noon it is moved to hang on them, so no time limit can be computed without.{' '}
          {can.write ? 'Record them here.' : 'A manager records them.'}
        </EmptyState>
      ) : (
        <div className="space-y-8">
          <section>
            <DescriptionList items={factsOf(profile.facts)} />
            <Footing>
              Version {profile.version}, recorded by <bdi>{profile.recordedByName}</bdi>{' '}
              <Time instant={profile.recordedAt} />. Earlier versions stay on record.
            </Footing>
          </section>
          <section>
            <SectionHeading>Holidays</SectionHeading>
            <DescriptionList items={holidaysOf(profile.facts)} />
          </section>
          <Contacts contacts={contacts} />
        </div>
      )}
    </div>
  );
}

function factsOf(facts: ProfileFacts) {
  const { name, lei, type, memberState, region, zone, nis2Since, reliefWithdrawnOn } = facts;
  return [
    { term: 'Name', detail: <bdi>{name}</bdi> },
    { term: 'LEI', detail: <Code>{lei}</Code> },
    { term: 'Type', detail: entityTypes[type] },
    {
      term: 'Member State',
      detail: `${memberStates[memberState]}${region === null ? '' : `, subdivision ${region}`}`,
    },
    { term: 'Time zone', detail: zone },
    { term: 'Competent authority', detail: <bdi>{facts.authority}</bdi> },
    {
      term: 'NIS2',
      detail:
        nis2Since === null ? (
          'Neither essential nor important'
        ) : (
          <>
            Essential or important since <Time instant={nis2Since} style="day" />: no relief at
            weekends and on holidays
          </>
        ),
    },
    {
      term: 'Relief',
      detail:
        reliefWithdrawnOn === null ? (
          'Not withdrawn by the authority'
        ) : (
          <>
            Withdrawn by the authority, notified <Time instant={reliefWithdrawnOn} style="day" />
          </>
        ),
    },
    { term: 'Size', detail: facts.isMicroenterprise ? 'Microenterprise' : 'No microenterprise' },
    { term: 'Reports in', detail: facts.currency },
    {
      term: 'Ultimate parent',
      detail:
        facts.parent === null ? (
          'None'
        ) : (
          <>
            <bdi>{facts.parent.name}</bdi>, <Code>{facts.parent.lei}</Code>
          </>
        ),
    },
  ];
}

const Days = ({ days }: { days: readonly string[] }) => (
  <span className="flex flex-wrap gap-x-4 gap-y-1">
    {days.map((day) => (
      <Time key={day} instant={day} style="day" />
    ))}
  </span>
);

const holidaysOf = ({ holidays, memberState, region }: ProfileFacts) => [
  {
    term: 'Calendar',
    detail: `Public holidays of ${memberStates[memberState]}${region === null ? '' : ` and of ${region}`}`,
  },
  {
    term: 'Added',
    detail: holidays.added.length === 0 ? 'None' : <Days days={holidays.added} />,
  },
  {
    term: 'Left out',
    detail: holidays.removed.length === 0 ? 'None' : <Days days={holidays.removed} />,
  },
];

function Contacts({ contacts }: Pick<ProfileView, 'contacts'>) {
  const given =
    contacts &&
    (Object.keys(contactFields) as ContactField[]).flatMap((field) => {
      const text = contacts[field];
      return text === undefined
        ? []
        : [{ term: contactFields[field], detail: <bdi className="wrap-anywhere">{text}</bdi> }];
    });
  return (
    <section>
      <SectionHeading>Whom the authority calls</SectionHeading>
      {given === null ? (
        <p className="text-text-quiet">Shown to people who report incidents to the authority.</p>
      ) : given.length === 0 ? (
        <p className="text-text-quiet">
          Nobody is named. Every report to the authority asks for a contact.
        </p>
      ) : (
        <DescriptionList items={given} />
      )}
    </section>
  );
}
