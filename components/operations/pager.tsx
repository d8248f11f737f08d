import { LinkButton } from '../ui/link-button.tsx';

/** Links between pages of a list that is read newest first. */
export function Pager({
  first,
  next,
  what,
  words = { first: 'Newest', next: 'Older' },
}: {
  /** Address of the first page, null when this is it. */
  first: string | null;
  /** Address of the next page, null at the end. */
  next: string | null;
  what: string;
  words?: { first: string; next: string };
}) {
  if (first === null && next === null) return null;
  return (
    <nav aria-label={`Pages of ${what}`} className="mt-4 flex flex-wrap gap-2">
      {first !== null && (
        <LinkButton size="small" href={first}>
          {words.first} {what}
        </LinkButton>
      )}
      {next !== null && (
        <LinkButton size="small" href={next}>
          {words.next} {what}
        </LinkButton>
      )}
    </nav>
  );
}
