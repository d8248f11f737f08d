import type { FormView } from '#lib/privacy/public/view-form.ts';
import { Day } from '../../ui/time.tsx';

/** Which notice says what the sender's data are used for. */
export function NoticeLine({ notice }: { notice: FormView['notice'] }) {
  return (
    <p className="text-sm text-text-quiet">
      What you write here is used to answer you and kept sealed.{' '}
      {notice !== null && (
        <>
          More stands in{' '}
          {notice.address === null ? (
            <bdi>“{notice.name}”</bdi>
          ) : (
            <a
              href={notice.address}
              rel="noreferrer"
              className="rounded-sm text-accent underline underline-offset-3"
            >
              <bdi>{notice.name}</bdi>
            </a>
          )}
          , edition <bdi>{notice.edition}</bdi>, in force since <Day date={notice.inForceFrom} />.
        </>
      )}
    </p>
  );
}
