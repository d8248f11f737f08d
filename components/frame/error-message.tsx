import { Button } from '../ui/button.tsx';
import { PageMessage, type PageMessageProps } from './page-message.tsx';

function referenceOf(error: unknown): string | null {
  if (typeof error !== 'object' || error === null || !('digest' in error)) return null;
  return typeof error.digest === 'string' ? error.digest : null;
}

/** What an error boundary shows. The cause stays in the server's log, under the reference. */
export function ErrorMessage({
  error,
  retry,
  place,
}: {
  error: unknown;
  retry: () => void;
  place: NonNullable<PageMessageProps['place']>;
}) {
  return (
    <PageMessage
      place={place}
      title="This page could not be shown"
      reference={referenceOf(error)}
      action={<Button onClick={retry}>Try again</Button>}
    >
      Showing a page changes nothing: whatever was recorded before stands as it was. If it happens
      again, give the reference to whoever runs this installation.
    </PageMessage>
  );
}
