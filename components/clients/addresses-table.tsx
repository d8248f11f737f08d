import type { AddressLine } from '#lib/clients/segregation/view-segregation.ts';
import { chainName } from '../operations/address-fact.tsx';
import { AddressBlock } from '../ui/grouped.tsx';
import { NarrowLine } from '../ui/narrow-line.tsx';
import { Table, type Column } from '../ui/table.tsx';
import { WholeWords } from '../ui/whole-words.tsx';

const sources: Readonly<Record<AddressLine['source'], string>> = {
  vault: 'Vault',
  account: 'Account',
  'fee-account': 'Fee account',
  'nonce-account': 'Nonce account',
  registered: 'Registered by people',
};

const says = ({ source, vault, branch }: AddressLine): string => {
  if (vault === null) return sources[source];
  if (source === 'vault') return `${sources[source]} ${vault}`;
  if (source === 'account') return `${branch === 'change' ? 'Change' : 'Deposits'} in ${vault}`;
  return `${sources[source]} of ${vault}`;
};

const owner = ({ className, client }: AddressLine): string =>
  client === null ? className : `${className}: ${client}`;

/** Columns of addresses and whose coins lie there. */
export const addressColumns: readonly Column<AddressLine>[] = [
  {
    id: 'address',
    head: 'Address',
    cell: (line) => (
      <>
        <span className="whitespace-normal">
          <AddressBlock address={line.address} />
        </span>
        <NarrowLine word="Holds coins of">{owner(line)}</NarrowLine>
        <NarrowLine word="Used as">{says(line)}</NarrowLine>
        <NarrowLine word="Chain">{chainName(line.chain)}</NarrowLine>
      </>
    ),
  },
  {
    id: 'owner',
    narrow: 'hidden',
    head: 'Holds coins of',
    cell: (line) => <WholeWords>{owner(line)}</WholeWords>,
  },
  {
    id: 'source',
    narrow: 'hidden',
    head: 'Used as',
    quiet: true,
    cell: (line) => <WholeWords>{says(line)}</WholeWords>,
  },
  {
    id: 'chain',
    narrow: 'hidden',
    head: 'Chain',
    quiet: true,
    cell: ({ chain }) => chainName(chain),
  },
];

/** Every address with its owner class. */
export function AddressesTable({
  addresses,
  total,
}: {
  addresses: readonly AddressLine[];
  total: number;
}) {
  return (
    <Table
      label="Addresses and whose coins lie there"
      columns={addressColumns}
      rows={addresses}
      rowKey={({ chain, address, source }) => `${chain} ${address} ${source}`}
      empty="There is no address yet. Vaults stand here once they are made."
      foot={
        total > addresses.length
          ? `The first ${addresses.length} of ${total} addresses. The check looks at all of them.`
          : total === 1
            ? '1 address'
            : `${total} addresses`
      }
    />
  );
}
