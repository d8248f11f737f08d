import { PageMessage } from '../frame/page-message.tsx';
import { LinkButton } from '../ui/link-button.tsx';

/** In place of a page that this person may not see. */
export function RefusedPage({ sentence }: { sentence: string }) {
  return (
    <PageMessage
      place="frame"
      title="This page is not for your role"
      action={<LinkButton href="/queue">Go to the queue</LinkButton>}
    >
      {sentence}
    </PageMessage>
  );
}
