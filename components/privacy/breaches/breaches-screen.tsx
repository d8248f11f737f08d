import { breachLists, type BreachList } from '#lib/privacy/breaches/breach-lists.ts';
import { sources } from '#lib/privacy/breaches/life.ts';
import type { BreachesView, BreachLine } from '#lib/privacy/breaches/list-breaches.ts';
import { LiveRefresh } from '../../live/live-refresh.tsx';
import { countOf } from '../../operations/counts.ts';
import { KeysSwitch } from '../../operations/keys-switch.tsx';
import { ListFoot } from '../../operations/list-foot.tsx';
import { Pager } from '../../operations/pager.tsx';
import { Code } from '../../ui/grouped.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { NarrowLine } from '../../ui/narrow-line.tsx';
import { Notice } from '../../ui/notice.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Table, type Column } from '../../ui/table.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { TextLink } from '../../ui/text-link.tsx';
import { Time } from '../../ui/time.tsx';
import { BreachClockMark, BreachStateMark, RiskMark } from './breach-marks.tsx';
import { breachesAddress, breachesPath, breachPath, newBreachPath } from './breaches-address.ts';

const columnsAt = (serverNow: string): readonly Column<BreachLine>[] => [
  {
    id: 'number',
    head: 'Breach',
    cell: (row) => (
      <>
        <TextLink look="plain" href={breachPath(row.number)} className="block py-1">
          <Code>{row.number}</Code>
          <span className="block">{sources[row.source]}</span>
        </TextLink>
        <NarrowLine word="72 hours">
          <BreachClockMark clock={row.clock} serverNow={serverNow} />
        </NarrowLine>
        <NarrowLine word="Stage">
          <BreachStateMark state={row.state} />
        </NarrowLine>
        <NarrowLine word="Risk">
          <RiskMark risk={row.risk} />
        </NarrowLine>
      </>
    ),
  },
  {
    id: 'clock',
    narrow: 'hidden',
    head: '72 hours',
    cell: ({ clock }) => <BreachClockMark clock={clock} serverNow={serverNow} />,
  },
  {
    id: 'state',
    narrow: 'hidden',
    head: 'Stage',
    cell: ({ state }) => <BreachStateMark state={state} />,
  },
  { id: 'risk', narrow: 'hidden', head: 'Risk', cell: ({ risk }) => <RiskMark risk={risk} /> },
  {
    id: 'noticed',
    narrow: 'hidden',
    head: 'Noticed',
    align: 'end',
    quiet: true,
    cell: ({ noticedAt }) => <Time instant={noticedAt} style="minute" />,
  },
];

const crumbs = [{ label: 'Data protection', href: '/privacy' }, { label: 'Breaches' }];

/** In place of the register where an address asks for what can't be asked for. */
export const BreachesRefused = ({ sentence }: { sentence: string }) => (
  <>
    <PageHeader crumbs={crumbs} title="Breaches" />
    <Notice
      tone="danger"
      title="This can’t be looked for."
      action={<LinkButton href={breachesPath}>Show what is open</LinkButton>}
    >
      {sentence}
    </Notice>
  </>
);

/** Every breach of personal data there ever was, those whose clock runs first. */
export function BreachesScreen({ view, after }: { view: BreachesView; after: string | null }) {
  const { list, rows, next, overdue, can, serverNow } = view;
  const isFirst = after === null;
  return (
    <>
      <PageHeader
        crumbs={crumbs}
        title="Breaches"
        state="Every breach of personal data is in this register. The authority is notified within 72 hours, unless no risk is likely."
        action={
          <>
            <LinkButton href="/api/privacy/breaches?format=pdf" download>
              {can.read ? 'Save as PDF' : 'Save as PDF, without texts'}
            </LinkButton>
            <LinkButton href="/api/privacy/breaches?format=csv" download>
              {can.read ? 'Save as CSV' : 'Save as CSV, without texts'}
            </LinkButton>
            {can.report && (
              <LinkButton tone="primary" href={newBreachPath}>
                Report a breach
              </LinkButton>
            )}
          </>
        }
      />
      {isFirst && <LiveRefresh topics={['privacy-breaches']} />}
      {overdue > 0 && list !== 'overdue' && (
        <div className="mb-6">
          <Notice tone="danger" title="The 72 hours are over.">
            <TextLink href={breachesAddress('overdue', null)}>
              {countOf(overdue, 'breach', 'breaches')}
            </TextLink>{' '}
            without notification. Notify now, with the reasons for the delay.
          </Notice>
        </div>
      )}
      {view.lying > 0 && list !== 'lying' && (
        <div className="mb-6">
          <Notice tone="danger" title="Only suspected for too long.">
            <TextLink href={breachesAddress('lying', null)}>
              {countOf(view.lying, 'breach', 'breaches')}
            </TextLink>{' '}
            that nobody confirmed or found to be none. Find out now.
          </Notice>
        </div>
      )}
      <Tabs
        label="Breaches by stage"
        tabs={(Object.keys(breachLists) as BreachList[]).map((one) => ({
          label: breachLists[one],
          href: breachesAddress(one, null),
          current: one === list,
        }))}
      />
      <Table
        label="Breaches, those whose clock runs first"
        columns={columnsAt(serverNow)}
        rows={rows}
        rowKey={({ id }) => id}
        mark={({ clock }) =>
          clock.state === 'overdue' || clock.state === 'lying' ? 'danger' : null
        }
        empty={list === 'open' ? 'None is open.' : 'There is none of this kind.'}
        foot={
          <ListFoot
            count={countOf(rows.length, 'breach', 'breaches')}
            isFirst={isFirst}
            next={next}
          />
        }
        footEnd={<KeysSwitch />}
      />
      <Pager
        first={isFirst ? null : breachesAddress(list, null)}
        next={next && breachesAddress(list, next)}
        what="breaches"
      />
      <p className="mt-6 text-sm text-text-quiet">GDPR, Art 33 and 34.</p>
    </>
  );
}
