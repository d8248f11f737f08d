import type { Unusual } from '#lib/operations/unusual.ts';
import { ComparedAddresses } from '../custody/compared-addresses.tsx';
import { Footing } from '../ui/description-list.tsx';

/** What is unusual, what remains, and what was compared, so that silence means something. */
export function UnusualFact({ unusual }: { unusual: Unusual }) {
  const { found, compared, remains } = unusual;
  const [first, ...others] = found;
  if (!first)
    return (
      <>
        Nothing unusual found. {remains}
        <Footing>Looked at: {compared}.</Footing>
      </>
    );
  return (
    <div className="rounded-md border border-caution-line bg-caution-ground px-3.5 py-3">
      <ul className="space-y-1.5">
        {[first, ...others].map(({ title, sentence, compare = [] }) => (
          <li key={title}>
            <strong className="text-caution">{title}</strong> <bdi>{sentence}</bdi>
            {compare.map((comparison) => (
              <ComparedAddresses
                key={`${comparison.name} ${comparison.other}`}
                comparison={comparison}
              />
            ))}
          </li>
        ))}
      </ul>
      {remains !== undefined && <p className="mt-1.5">{remains}</p>}
      <p className="mt-1.5 text-sm text-text-quiet">Looked at: {compared}.</p>
    </div>
  );
}
