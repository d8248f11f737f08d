'use client';

import { PageMessage } from '#components/frame/page-message.tsx';
import { fontVariables } from './fonts.ts';
import './globals.css';

/**
 * For a failure outside every page, of the root layout itself. It replaces the whole document, so it
 * brings what the layout would have, and leads on by a plain link that starts afresh.
 */
export default function GlobalError() {
  return (
    <html lang="en" className={fontVariables}>
      <head>
        <title>Not available · Countersign</title>
        <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
      </head>
      <body>
        <PageMessage
          title="The console could not answer"
          action={
            // oxlint-disable-next-line next/no-html-link-for-pages
            <a href="/" className="text-accent underline">
              Load the first page
            </a>
          }
        >
          Whatever was recorded before stands as it was. If it happens again, whoever runs this
          installation finds the cause in its log.
        </PageMessage>
      </body>
    </html>
  );
}
