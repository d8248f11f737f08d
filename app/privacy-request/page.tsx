import type { Metadata } from 'next';
import { PlainFrame } from '#components/frame/plain-frame.tsx';
import { NoticeLine } from '#components/privacy/public/notice-line.tsx';
import { RequestForm } from '#components/privacy/public/request-form.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { webContext } from '#lib/platform/web-context.ts';
import { viewRequestForm } from '#lib/privacy/public/view-form.ts';

export const metadata: Metadata = {
  title: 'Your data and your rights',
  // A form that is sent without scripts names its origin, by which it is taken, only where a referrer may go to the
  // page itself. Nothing of it goes elsewhere.
  referrer: 'same-origin',
};

/** The form for anybody who asks about their data; nobody is signed in. */
export default async function PrivacyRequestPage() {
  const context = webContext();
  const { organisation, once, notice } = await viewRequestForm(context);
  return (
    <PlainFrame mode={context.settings.mode} organisation={organisation}>
      <PageHeader
        title="Your data and your rights"
        state={`You may ask ${organisation} about the data that it holds of you. This form is one way; a letter, an e-mail or a call counts as well. It is free of charge.`}
      />
      <div className="space-y-8">
        <RequestForm once={once} />
        <NoticeLine notice={notice} />
      </div>
    </PlainFrame>
  );
}
