import { TextLink } from '../ui/text-link.tsx';

const breakNumber = /(BR-\d{6,})/u;

/** A sentence of the server in which each break that it names leads to its page. */
export function BreakWords({ children }: { children: string }) {
  return children.split(breakNumber).map((part, place) =>
    breakNumber.test(part) ? (
      <TextLink key={`${place} ${part}`} href={`/reconciliation/breaks/${part}`}>
        {part}
      </TextLink>
    ) : (
      part
    ),
  );
}
