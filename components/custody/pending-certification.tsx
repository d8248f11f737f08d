import type { OpenCertification } from '#lib/operations/find-certification.ts';
import { LinkButton } from '../ui/link-button.tsx';
import { Notice } from '../ui/notice.tsx';
import { openWords } from './destination-words.ts';

/** A certification that is under way: how far it is, and the way to it. */
export function PendingCertification({ pending }: { pending: OpenCertification }) {
  const { id, number, state } = pending;
  return (
    <Notice
      tone={state === 'held' ? 'danger' : 'info'}
      title="It is being certified again."
      more="Until then its certification stands as it is below."
      action={
        <LinkButton size="small" href={`/operations/${id}`}>
          Open {number}
        </LinkButton>
      }
    >
      {number} {openWords[state] ?? state}.
    </Notice>
  );
}
