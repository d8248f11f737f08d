'use client';

import { ErrorMessage } from '#components/frame/error-message.tsx';

/** For a page that failed where no frame stands around it. */
export default function ErrorPage({ error, retry }: { error: unknown; retry: () => void }) {
  return <ErrorMessage error={error} retry={retry} place="alone" />;
}
