import Form from 'next/form';
import type { SegregationView } from '#lib/clients/segregation/view-segregation.ts';
import { countOf } from '../operations/counts.ts';
import { Pager } from '../operations/pager.tsx';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/field.tsx';
import { LinkButton } from '../ui/link-button.tsx';
import { SectionHeading } from '../ui/page-header.tsx';
import { Table } from '../ui/table.tsx';
import { addressColumns } from './addresses-table.tsx';

const path = '/clients/segregation';

type Accounts = SegregationView['accounts'];

/** The accounts that owners have within vaults, and a way to one of them. */
export function AccountsSection({ accounts, isFirst }: { accounts: Accounts; isFirst: boolean }) {
  const { lines, total, find, next } = accounts;
  return (
    <section>
      <SectionHeading>Owners’ accounts</SectionHeading>
      {(total > 0 || find !== null) && <FindForm find={find} />}
      <Table
        label="Accounts of owners within vaults, by vault and client"
        columns={addressColumns}
        rows={lines}
        rowKey={({ address }) => address}
        empty={
          find === null
            ? 'There is none. On Bitcoin and Ethereum every client has addresses of their own; the worker writes them down.'
            : 'No account has this address or client. The addresses of vaults stand on the first page.'
        }
        foot={
          total > lines.length
            ? `${lines.length} of ${countOf(total, 'account')}`
            : countOf(total, 'account')
        }
      />
      <Pager
        first={isFirst ? null : path}
        next={next && `${path}?${new URLSearchParams(addressOf(next, find)).toString()}`}
        what="accounts"
        words={{ first: 'First', next: 'More' }}
      />
    </section>
  );
}

const addressOf = (accounts: string, find: string | null): Record<string, string> =>
  find === null ? { accounts } : { accounts, find };

/** An ordinary form: its answer is the address of the page. */
function FindForm({ find }: { find: string | null }) {
  return (
    <search className="screen-only mb-4 block">
      <Form action={path} className="flex flex-wrap items-end gap-x-4 gap-y-3">
        <div className="max-w-md grow">
          <TextField
            key={find}
            label="Client, or whole address"
            name="find"
            look="mono"
            maxLength={128}
            placeholder="C-20418"
            defaultValue={find ?? ''}
          />
        </div>
        <Button type="submit">Show</Button>
        {find !== null && (
          <LinkButton tone="quiet" href={path}>
            Show everything
          </LinkButton>
        )}
      </Form>
    </search>
  );
}
