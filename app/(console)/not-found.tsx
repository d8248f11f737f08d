import { PageMessage } from '#components/frame/page-message.tsx';
import { LinkButton } from '#components/ui/link-button.tsx';

/** For a record that is not there, inside the frame. */
export default function NotFound() {
  return (
    <PageMessage
      place="frame"
      title="There is nothing at this address"
      action={<LinkButton href="/queue">Go to the queue</LinkButton>}
    >
      It may have been mistyped, or it names something that your role does not show. Nothing was
      changed.
    </PageMessage>
  );
}
