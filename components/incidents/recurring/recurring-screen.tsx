import type {
  CheckLine,
  ChecksView,
  GroupLine,
  Named,
} from '#lib/incidents/recurrence/list-checks.ts';
import { LiveRefresh } from '../../live/live-refresh.tsx';
import { countOf } from '../../operations/counts.ts';
import { Pager } from '../../operations/pager.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Code } from '../../ui/grouped.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Panel, PanelRow } from '../../ui/panel.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { TextLink } from '../../ui/text-link.tsx';
import { Time } from '../../ui/time.tsx';
import { Evidence } from '../../ui/timeline.tsx';
import { causeWords } from '../cause-words.ts';
import { DeskTabs } from '../desk-tabs.tsx';
import { ClassMark } from '../incident-marks.tsx';
import { LookNow } from './look-now.tsx';

const path = '/incidents/recurring';

/** Every look for incidents that recur: when, by whom, and what was found. */
export function RecurringScreen({ view }: { view: ChecksView }) {
  const { rows, isFirst, next, can } = view;
  const [last] = rows;
  return (
    <div className="max-w-[56rem]">
      <PageHeader
        title="Recurring incidents"
        state={
          isFirst && last ? (
            <>
              Looked for last <Time instant={last.at} style="minute" />:{' '}
              {last.groups.length === 0
                ? 'none recur.'
                : `${countOf(last.groups.length + last.more, 'group')} found.`}
            </>
          ) : undefined
        }
        action={can.look && <LookNow />}
      />
      <DeskTabs current={path} />
      {isFirst && <LiveRefresh topics={['incidents']} />}
      <p className="mb-4 prose-line">
        Incidents that are not major one by one count as one major incident when at least two
        occurred within six months, share the apparent root cause, and meet the test of a major
        incident together.
      </p>
      {rows.length === 0 ? (
        <EmptyState title={isFirst ? 'Nobody has looked yet' : 'There are no older looks'}>
          The worker looks once in every calendar month and within a minute after facts, causes or
          classes change; people can look at any time.
        </EmptyState>
      ) : (
        <Panel label="Looks, newest first">
          {rows.map((row) => (
            <Look key={row.id} row={row} />
          ))}
        </Panel>
      )}
      <Pager
        first={isFirst ? null : path}
        next={next === null ? null : `${path}?after=${next}`}
        what="looks"
      />
      <p className="mt-6 text-sm text-text-quiet">
        Delegated Regulation (EU) 2024/1772, Art 8(2): assessed monthly; not for microenterprises.
        Reported in aggregated form (ITS 2025/302, Art 3). Causes over time are among the{' '}
        <TextLink href="/incidents/figures">figures of incidents</TextLink>.
      </p>
    </div>
  );
}

function Look({ row }: { row: CheckLine }) {
  const { at, by, lookedAt, groups, more, from, until } = row;
  return (
    <PanelRow
      title={<Time instant={at} style="minute" />}
      aside={
        <StatusMark
          shape={groups.length === 0 ? 'square' : 'triangle'}
          tone={groups.length === 0 ? 'quiet' : 'caution'}
        >
          {groups.length === 0
            ? 'None recur'
            : `${countOf(groups.length + more, 'group')} ${groups.length + more === 1 ? 'recurs' : 'recur'}`}
        </StatusMark>
      }
    >
      <p>
        {by === null ? 'By the schedule' : <bdi>By {by}</bdi>}. {countOf(lookedAt, 'incident')} of a
        known cause, noticed {from} to {until}, not major by{' '}
        {lookedAt === 1 ? 'itself' : 'themselves'}.
      </p>
      {groups.length > 0 && (
        <ul className="mt-2 space-y-3">
          {groups.map((group) => (
            <Group
              key={`${group.cause} ${group.first} ${group.members[0]?.number ?? ''}`}
              group={group}
            />
          ))}
        </ul>
      )}
      {more > 0 && <p className="mt-2">And {countOf(more, 'group')} more.</p>}
    </PanelRow>
  );
}

function Group({ group }: { group: GroupLine }) {
  const { cause, first, last, members, count, route, answer } = group;
  const rest = count - members.length;
  return (
    <li className="border-s-3 border-line-strong ps-3 text-text">
      <p className="font-medium">{causeWords(cause)}</p>
      <p>
        {countOf(count, 'incident')} from {first} to {last}, together major by Article {route}.{' '}
        {answer === null ? (
          <span className="text-text-quiet">The incident that answered them was dropped.</span>
        ) : (
          <>
            They came to the desk as <Incident of={answer} />, <ClassMark standing={answer.class} />
            .
          </>
        )}
      </p>
      <Evidence label={`The ${countOf(count, 'incident')}`}>
        {members.map((member, index) => (
          <span key={member.number}>
            {index > 0 && ', '}
            <Incident of={member} />
          </span>
        ))}
        {rest > 0 && ` and ${rest} more`}
      </Evidence>
    </li>
  );
}

const Incident = ({ of: { number, id } }: { of: Named }) =>
  id === null ? (
    <Code>{number}</Code>
  ) : (
    <TextLink href={`/incidents/${id}`}>
      <Code>{number}</Code>
    </TextLink>
  );
