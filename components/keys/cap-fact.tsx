import type { KeyCaps } from '#lib/operations/keys/key-caps.ts';
import { OperationAmount } from '../operations/operation-amount.tsx';
import { Footing } from '../ui/description-list.tsx';
import { Hash } from '../ui/grouped.tsx';
import { TextLink } from '../ui/text-link.tsx';
import { Time } from '../ui/time.tsx';

/** What may leave under the key until an external audit is on record, and what left. */
export function CapFact({ caps }: { caps: KeyCaps }) {
  if (caps.what === 'none') return <>None of its own; the caps of the policy apply.</>;
  if (caps.what === 'audited')
    return (
      <>
        Ended: an external audit is on record.
        <Footing>
          Finished <Time instant={caps.finishedAt} style="minute" />, in policy version{' '}
          {caps.policyVersion}. Digest of the report:
        </Footing>
        <Hash value={caps.reportDigest} />
      </>
    );
  return (
    <>
      {caps.caps.map(({ asset, perDay, left }) => (
        <p key={asset}>
          <OperationAmount value={left} asset={asset} /> went out in the last 24 hours, of{' '}
          <OperationAmount value={perDay} asset={asset} /> that may
        </p>
      ))}
      <Footing>
        Each party counts for itself and signs nothing beyond it. It ends with a policy version that
        names the external audit; <TextLink href="/policy">raise that as a policy change</TextLink>.
      </Footing>
    </>
  );
}
