import type { NewLink } from '#lib/identity/invite-operator.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { formatInstant } from '../ui/format.ts';
import { Notice } from '../ui/notice.tsx';

/** An enrolment link, shown this once: only its hash is kept. */
export function OneTimeLink({ link, name }: { link: NewLink; name: string }) {
  return (
    <Notice
      title={`Link for ${name}.`}
      announce="polite"
      more="Hand it over in person or by a way only they can read. Whoever opens it first can register keys under this name, which is why you compare the words of the keys before you admit them."
      action={<CopyButton text={link.link} what="the enrolment link" />}
    >
      It is shown this once, works once, and until {formatInstant(link.expiresAt, 'minute')}.
      <span
        translate="no"
        className="figures-mono mt-2 block rounded-sm border border-line bg-surface px-2.5 py-2 [overflow-wrap:anywhere] select-all"
      >
        {link.link}
      </span>
    </Notice>
  );
}
