import type { OperationPage } from '#lib/operations/list-operations.ts';
import { LiveRefresh } from '../live/live-refresh.tsx';
import { LinkButton } from '../ui/link-button.tsx';
import { Notice } from '../ui/notice.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { Table } from '../ui/table.tsx';
import { countOf } from './counts.ts';
import { KeysSwitch } from './keys-switch.tsx';
import { ListFoot } from './list-foot.tsx';
import { OperationFilterForm } from './operation-filter-form.tsx';
import { operationsAddress } from './operations-address.ts';
import { historyColumns, rowMark } from './operation-columns.tsx';
import { Pager } from './pager.tsx';

const nothingYet =
  'Nothing has been raised yet. The first operation of an installation makes a vault’s key, under Vaults.';

/** Every operation there has been, or those that were asked for, newest first, a page at a time. */
export function OperationsScreen({
  page,
  isFirst,
  canRaise,
}: {
  page: OperationPage;
  isFirst: boolean;
  canRaise: boolean;
}) {
  const { rows, asked, problem, next } = page;
  const isFiltered = Object.keys(asked).length > 0;
  return (
    <>
      <PageHeader
        title="Operations"
        state="Everything that was ever raised, newest first. Nothing is taken off this list."
        action={
          canRaise && (
            <LinkButton tone="primary" href="/raise">
              Raise an operation
            </LinkButton>
          )
        }
      />
      {isFirst && <LiveRefresh topics={['operations']} />}
      <OperationFilterForm asked={asked} />
      {problem === null ? (
        <Table
          label="Operations"
          columns={historyColumns}
          rows={rows}
          rowKey={(row) => row.id}
          mark={rowMark}
          empty={isFiltered ? 'No operation is like that.' : nothingYet}
          foot={
            <ListFoot count={countOf(rows.length, 'operation')} isFirst={isFirst} next={next} />
          }
          footEnd={<KeysSwitch />}
        />
      ) : (
        <Notice tone="danger" title="This can’t be looked for.">
          {problem}
        </Notice>
      )}
      <Pager
        first={isFirst ? null : operationsAddress(asked, null)}
        next={next && operationsAddress(asked, next)}
        what="operations"
      />
    </>
  );
}
