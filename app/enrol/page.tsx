import type { Metadata } from 'next';
import { Enrolment } from '#components/identity/enrolment.tsx';
import { SandboxHints } from '#components/identity/sandbox-hints.tsx';
import { PlainFrame } from '#components/frame/plain-frame.tsx';
import { hasColleagues } from '#lib/operations/view-colleagues.ts';
import { webContext } from '#lib/platform/web-context.ts';

export const metadata: Metadata = { title: 'Enrol' };

/** What the link's token opens is read in the browser: behind `#` it never comes here. */
export default function EnrolPage() {
  const { mode, organisation } = webContext().settings;
  return (
    <PlainFrame mode={mode} organisation={organisation}>
      <Enrolment />
      {mode === 'sandbox' && (
        <div className="mt-8">
          <SandboxHints hasColleagues={hasColleagues()} />
        </div>
      )}
    </PlainFrame>
  );
}
