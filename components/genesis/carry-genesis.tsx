import type { GenesisToCarry } from '#lib/operations/genesis/view-genesis-to-carry.ts';
import { ShowCodes } from '../travel/show-codes.tsx';
import { Code, Digest } from '../ui/grouped.tsx';
import { SectionHeading } from '../ui/page-header.tsx';
import { Time } from '../ui/time.tsx';
import { Evidence } from '../ui/timeline.tsx';

/** The signed document for parties without a network. */
export function CarryGenesis({ documents }: { documents: readonly GenesisToCarry[] }) {
  if (documents.length === 0) return null;
  return (
    <section className="mt-8">
      <SectionHeading>Carry it to the cold parties</SectionHeading>
      <p className="mb-3 prose-line text-text-quiet">
        Each takes the signed document on its own machine, checks every signature itself, and shows
        its words; compare them with the fingerprint above and pin it there with the set-up code.
        What it answers need not come back: the console hears of it with the first trip to it. One
        that has pinned it needs nothing more.
      </p>
      <div className="space-y-3">
        {documents.map(({ to, text, digest, words, fileName, expiresAt }) => (
          <Evidence key={to} label={`For party ${to}`}>
            <div className="space-y-4">
              <p>
                Open it with <Code>{`npm run cold -- ${to}`}</Code> and its group, and give it this
                document until <Time instant={expiresAt} style="minute" />. These twelve words are
                the document’s own; its screen shows them first.
              </p>
              <Digest value={digest} words={words} />
              <ShowCodes text={text} fileName={fileName} what={`the genesis for ${to}`} />
            </div>
          </Evidence>
        ))}
      </div>
    </section>
  );
}
