import type { ListingOptions } from '#lib/operations/list-raise-options.ts';
import type { DestinationRecord } from '#lib/operations/view-destination.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { LinkButton } from '../ui/link-button.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { Time } from '../ui/time.tsx';
import { CertifyForm } from './certify-form.tsx';
import { PendingCertification } from './pending-certification.tsx';

/** Certifying a listed address again: only its evidence and the end of its certification change. */
export function CertifyScreen({
  record,
  options,
}: {
  record: DestinationRecord;
  options: Pick<ListingOptions, 'evidenceMethods' | 'validitySeconds'>;
}) {
  const { id, label, client, standing, expiresAt, pending, certify } = record;
  const back = `/destinations/${id}`;
  return (
    <>
      <PageHeader
        crumbs={[
          { label: 'Destinations', href: '/destinations' },
          { label: client, href: `/destinations?client=${client}` },
          { label: <bdi>{label}</bdi>, href: back },
          { label: 'Certify again' },
        ]}
        title={
          <>
            Certify “<bdi>{label}</bdi>” again
          </>
        }
        state={
          standing === 'expired' ? (
            <>
              Its certification ended on <Time instant={expiresAt} />. Nothing goes there until it
              is certified again.
            </>
          ) : (
            <>
              Certified until <Time instant={expiresAt} />. It needs the same people as a listing,
              and begins no new cool-down.
            </>
          )
        }
      />
      {pending !== null && <PendingCertification pending={pending} />}
      {pending === null && !certify.allowed && (
        <EmptyState
          title="It cannot be certified again"
          action={<LinkButton href={back}>Its record</LinkButton>}
        >
          {certify.sentence}
        </EmptyState>
      )}
      {certify.allowed && <CertifyForm record={record} options={options} />}
    </>
  );
}
