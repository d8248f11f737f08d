import type { ProofOfControlIntent } from '#lib/protocol/control-intent.ts';
import { Footing, type Description } from '../ui/description-list.tsx';
import { AddressBlock, Code, Hash } from '../ui/grouped.tsx';
import { chainName } from './address-fact.tsx';

/** What the key of a vault signs to show that it can, and what it is about. */
export function controlFacts(intent: ProofOfControlIntent): Description[] {
  const { block, snapshotDigest } = intent.challenge;
  return [
    {
      term: 'Vault',
      detail: (
        <>
          <Code>{intent.vault}</Code>, key <Code>{intent.key}</Code>
        </>
      ),
    },
    {
      term: 'Address',
      detail: (
        <>
          <AddressBlock address={intent.address} />
          <Footing>on {chainName(intent.chain)}</Footing>
        </>
      ),
    },
    {
      term: 'Snapshot',
      detail: (
        <>
          <Hash value={snapshotDigest} />
          <Footing>
            Its digest: what the books say lies in this vault and is owed to clients, for everybody
            to check.
          </Footing>
        </>
      ),
    },
    {
      term: 'Not before block',
      detail: (
        <>
          <Code>{String(block.height)}</Code>{' '}
          <span translate="no" className="figures-mono wrap-anywhere">
            {block.hash}
          </span>
        </>
      ),
    },
    {
      term: 'Effect',
      detail:
        'The parties sign a text, which each makes for itself from these facts. No chain takes it for a transaction: nothing moves.',
    },
  ];
}
