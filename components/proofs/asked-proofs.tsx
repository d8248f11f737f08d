import type { AskedProofView } from '#lib/operations/proofs/asked-proofs.ts';
import { Code } from '../ui/grouped.tsx';
import { StatusMark } from '../ui/status-mark.tsx';
import { Table, type Column } from '../ui/table.tsx';
import { Time } from '../ui/time.tsx';
import { SaveKeptProof } from './save-kept-proof.tsx';

function Standing({ proof: { state, until, why } }: { proof: AskedProofView }) {
  if (state === 'waiting') return <StatusMark shape="ring">Being made</StatusMark>;
  if (state === 'failed')
    return (
      <StatusMark shape="triangle" tone="danger">
        {why}
      </StatusMark>
    );
  return <>Kept until {until && <Time instant={until} />}</>;
}

const columns = (snapshot: string): readonly Column<AskedProofView>[] => [
  { id: 'client', head: 'Client', cell: ({ client }) => <Code>{client}</Code> },
  {
    id: 'asked',
    head: 'Asked for',
    narrow: 'hidden',
    cell: ({ askedAt }) => <Time instant={askedAt} />,
  },
  { id: 'standing', head: 'Proof', wrap: true, cell: (proof) => <Standing proof={proof} /> },
  {
    id: 'save',
    head: 'File',
    cell: ({ client, state }) =>
      state === 'made' && <SaveKeptProof snapshot={snapshot} client={client} />,
  },
];

/** Clients' proofs that the worker was asked for: which are being made, and the files of those that are there. */
export function AskedProofs({
  snapshot,
  proofs,
}: {
  snapshot: string;
  proofs: readonly AskedProofView[];
}) {
  if (proofs.length === 0) return null;
  return (
    <div className="mt-4">
      <Table
        label="Proofs of clients that were asked for"
        columns={columns(snapshot)}
        rows={proofs}
        rowKey={({ client }) => client}
      />
    </div>
  );
}
