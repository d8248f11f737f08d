import type { Receipt } from '#lib/privacy/requests/submit-form.ts';
import { DescriptionList } from '../../ui/description-list.tsx';
import { Notice } from '../../ui/notice.tsx';
import { SectionHeading } from '../../ui/page-header.tsx';
import { PrintButton } from '../../ui/print-button.tsx';
import { Day, Time } from '../../ui/time.tsx';

/** What the sender keeps. It is the same for everybody: nothing in it says whether somebody is known here. */
export function FormReceipt({ receipt }: { receipt: Receipt }) {
  const { number, receivedAt, dueOn, code } = receipt;
  return (
    <div className="space-y-8">
      <Notice tone="good" title="We have your request." announce="polite">
        Keep this page: print it, or write down the number and the code. The code is shown here
        only.
      </Notice>
      <DescriptionList
        items={[
          { term: 'Number', detail: <span className="figures-mono font-strong">{number}</span> },
          {
            term: 'Code',
            detail: (
              <span translate="no" className="figures-mono wrap-anywhere">
                {code}
              </span>
            ),
          },
          { term: 'Received', detail: <Time instant={receivedAt} style="minute" /> },
          {
            term: 'Answer by',
            detail:
              dueOn === null ? (
                'Within one month'
              ) : (
                <>
                  <Day date={dueOn} />, as the law counts one month
                </>
              ),
          },
        ]}
      />
      <section>
        <SectionHeading>What happens next</SectionHeading>
        <ol className="list-decimal space-y-1.5 ps-5">
          <li>Our data protection officer looks at it.</li>
          <li>
            If there is reason to doubt who asks, or it is not clear what is meant, we ask you. The
            time may stop until you answer.
          </li>
          <li>
            You have an answer by the day above. If it is complex it may take up to two months more;
            we then tell you why, before that day.
          </li>
          <li>It costs you nothing.</li>
        </ol>
        <p className="mt-4 text-text-quiet">
          If you write to us about it, give the number and the code. You can complain to a data
          protection authority at any time, and go to court.
        </p>
      </section>
      <div className="screen-only">
        <PrintButton />
      </div>
    </div>
  );
}
