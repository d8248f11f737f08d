import type { Metadata } from 'next';
import { PageMessage } from '#components/frame/page-message.tsx';
import { buttonLook } from '#components/ui/button-look.ts';

export const metadata: Metadata = { title: 'Not found' };

/**
 * For an address that leads nowhere, or to something this person may not know of. What stands here
 * is sent with every page, so the way on is a plain link, without a router.
 */
export default function NotFound() {
  return (
    <PageMessage
      title="There is nothing at this address"
      action={
        // oxlint-disable-next-line next/no-html-link-for-pages
        <a href="/" className={buttonLook('secondary', 'regular')}>
          Go to the first page
        </a>
      }
    >
      It may have been mistyped, or it names something that your role does not show. Nothing was
      changed.
    </PageMessage>
  );
}
