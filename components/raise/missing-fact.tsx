import type { Missing } from '#lib/operations/break-stop.ts';
import { Footing, type Description } from '../ui/description-list.tsx';
import { TextLink } from '../ui/text-link.tsx';

/** What is missing of the asset against the books, and who decides what may still leave. */
export function missingFact(missing: Missing | null | undefined): Description[] {
  if (!missing) return [];
  const { break: found, amount, rules } = missing;
  return [
    {
      term: 'Missing',
      detail: (
        <div className="rounded-md border border-caution-line bg-caution-ground px-3.5 py-3">
          <strong className="text-caution">{amount}</strong> less is there than the books say, break{' '}
          <TextLink href={`/reconciliation/breaks/${found.id}`}>{found.number}</TextLink>.
          {rules.length === 0 ? (
            <Footing>
              Policy has no rule about it for this withdrawal. It is within the limit of the
              console, which alone looks at it; parties do not.
            </Footing>
          ) : (
            <>
              <Footing>The policy in force decides, and each party holds to it:</Footing>
              {rules.map((rule) => (
                <Footing key={rule}>{rule}</Footing>
              ))}
            </>
          )}
        </div>
      ),
    },
  ];
}
