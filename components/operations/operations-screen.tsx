import type { OperationPage } from '#lib/operations/list-operations.ts';
import { LiveRefresh } from '../live/live-refresh.tsx';
import { LinkButton } from '../ui/link-button.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { Table } from '../ui/table.tsx';
import { countOf } from './counts.ts';
import { KeysSwitch } from './keys-switch.tsx';
import { ListFoot } from './list-foot.tsx';
import { historyColumns, rowMark } from './operation-columns.tsx';
import { Pager } from './pager.tsx';

/** Every operation there has been, newest first, a page at a time. */
export function OperationsScreen({
  page,
  isFirst,
  canRaise,
}: {
  page: OperationPage;
  isFirst: boolean;
  canRaise: boolean;
}) {
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
      <Table
        label="All operations"
        columns={historyColumns}
        rows={page.rows}
        rowKey={(row) => row.id}
        mark={rowMark}
        empty="Nothing has been raised yet. The first operation of an installation makes a vault’s key, under Vaults."
        foot={
          <ListFoot
            count={countOf(page.rows.length, 'operation')}
            isFirst={isFirst}
            next={page.next}
          />
        }
        footEnd={<KeysSwitch />}
      />
      <Pager
        first={isFirst ? null : '/operations'}
        next={page.next && `/operations?after=${page.next}`}
        what="operations"
      />
    </>
  );
}
