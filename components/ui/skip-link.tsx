/** First stop of the keyboard: past the frame, to the page. Seen only while it has the focus. */
export function SkipLink({
  to = 'content',
  label = 'Skip to the page',
}: {
  to?: string;
  label?: string;
}) {
  return (
    <a
      href={`#${to}`}
      className="sr-only focus:not-sr-only focus:fixed focus:start-2 focus:top-2 focus:z-50 focus:rounded-md focus:border focus:border-line-strong focus:bg-surface focus:px-4 focus:py-2 focus:font-medium"
    >
      {label}
    </a>
  );
}
