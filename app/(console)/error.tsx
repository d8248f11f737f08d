'use client';

import { ErrorMessage } from '#components/frame/error-message.tsx';

/** For a page that failed inside the frame, which stays as it is. */
export default function ConsoleError({ error, retry }: { error: unknown; retry: () => void }) {
  return <ErrorMessage error={error} retry={retry} place="frame" />;
}
