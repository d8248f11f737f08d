import type { ReactNode } from 'react';
import { isPrivacyKind, kindNames, type Kind } from '#lib/resilience/records/kinds.ts';
import type { RecordPage } from '#lib/resilience/records/list-records.ts';
import { LiveRefresh } from '../live/live-refresh.tsx';
import { countOf } from '../operations/counts.ts';
import { KeysSwitch } from '../operations/keys-switch.tsx';
import { ListFoot } from '../operations/list-foot.tsx';
import { Pager } from '../operations/pager.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { LinkButton } from '../ui/link-button.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { Table } from '../ui/table.tsx';
import { PrivacyTabs } from '../privacy/privacy-tabs.tsx';
import { areaCrumb, listPath, newPath } from './kind-address.ts';
import { columnsFor } from './list-columns.tsx';
import { ListFilterForm } from './list-filter-form.tsx';
import { listAddress, type ListAsked } from './list-query.ts';
import { listWords } from './list-words.ts';
import { ResilienceTabs } from './resilience-tabs.tsx';
import { dueState } from './standing-words.tsx';

export type ListScreenProps = {
  kind: Kind;
  asked: ListAsked;
  /** Where this page begins; null for the first. */
  after: string | null;
  page: RecordPage;
  today: string;
  canWrite: boolean;
  /** Between the filter and the table. */
  children?: ReactNode;
};

/** A name as it stands within a sentence. */
const inSentence = (name: string): string =>
  name.startsWith('ICT') ? name : `${name.charAt(0).toLowerCase()}${name.slice(1)}`;

/** The records of a kind: what there is, how each stands, and by when something has to happen. */
export function ListScreen({
  kind,
  asked,
  after,
  page: { lines, next },
  today,
  canWrite,
  children,
}: ListScreenProps) {
  const words = listWords[kind];
  const [one, several] = kindNames[kind];
  const isFirst = after === null;
  const isAll = Object.keys(asked).length === 0;
  const overdue = lines.filter(
    ({ dueOn, retired }) => !retired && dueOn !== null && dueState(dueOn, today) === 'overdue',
  ).length;
  const add = canWrite && (
    <LinkButton tone="primary" href={newPath(kind)}>
      {words.add}
    </LinkButton>
  );
  return (
    <>
      <PageHeader
        title={several}
        state={words.what}
        action={add}
        crumbs={[areaCrumb(kind), { label: several }]}
      />
      {isPrivacyKind(kind) ? (
        <PrivacyTabs current={listPath(kind)} />
      ) : (
        <ResilienceTabs current={listPath(kind)} />
      )}
      {isFirst && <LiveRefresh topics={['resilience']} />}
      {isAll && isFirst && lines.length === 0 ? (
        <EmptyState title={`No ${inSentence(one)} is on record.`} action={add}>
          {words.empty}
        </EmptyState>
      ) : (
        <>
          {children}
          <ListFilterForm kind={kind} asked={asked} />
          <Table
            label={several}
            columns={columnsFor(kind, today)}
            rows={lines}
            rowKey={({ id }) => id}
            mark={({ dueOn, retired }) =>
              !retired && dueOn !== null && dueState(dueOn, today) === 'overdue' ? 'danger' : null
            }
            empty="None is as you asked. Ask for less, or show all."
            foot={
              <ListFoot
                count={countOf(lines.length, inSentence(one), inSentence(several))}
                isFirst={isFirst}
                next={next}
              >
                {overdue > 0 && `, ${overdue} overdue`}
              </ListFoot>
            }
            footEnd={<KeysSwitch />}
          />
          <Pager
            first={isFirst ? null : listAddress(kind, asked)}
            next={next && listAddress(kind, asked, next)}
            what={inSentence(several)}
            words={{ first: 'First', next: 'More' }}
          />
        </>
      )}
      <p className="mt-6 text-sm text-text-quiet">{words.duty}</p>
    </>
  );
}
