import { Fragment } from 'react';
import type { Comparison } from '#lib/operations/look-alike.ts';
import { inGroups } from '../ui/format.ts';
import { VisuallyHidden } from '../ui/visually-hidden.tsx';

/** An address and one that can be taken for it, one below the other, and where they differ. */
export function ComparedAddresses({ comparison }: { comparison: Comparison }) {
  const { own, other, name, differences, words } = comparison;
  const here = differences.map(({ at, here: text }) => ({ at, length: text.length }));
  const there = differences.map(({ otherAt, there: text }) => ({
    at: otherAt,
    length: text.length,
  }));
  return (
    <div className="mt-2 rounded-md border border-line bg-surface px-3 py-2.5">
      <dl className="space-y-1.5">
        <div>
          <dt className="text-sm text-text-quiet">This address</dt>
          <dd>
            <Marked address={own} places={here} />
          </dd>
        </div>
        <div>
          <dt className="text-sm text-text-quiet">
            <bdi>{name}</bdi>
          </dt>
          <dd>
            <Marked address={other} places={there} />
          </dd>
        </div>
      </dl>
      <ul className="mt-1.5 text-sm">
        {words.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </div>
  );
}

type Place = { at: number; length: number };

/** In groups of four as everywhere; what differs stands in a box of its own. */
function Marked({ address, places }: { address: string; places: readonly Place[] }) {
  const isMarked = (index: number): boolean =>
    places.some(({ at, length }) => index >= at && index < at + length);
  return (
    <>
      {/* Read whole: a box around letters would break the word for who listens. */}
      <VisuallyHidden>{address}</VisuallyHidden>
      <span aria-hidden="true" translate="no" className="figures-mono leading-7">
        {inGroups(address).map((group, at, groups) => (
          <Fragment key={at}>
            <span className={at === groups.length - 1 ? '' : 'me-[1ch]'}>
              {runsOf(group, (index) => isMarked(at * 4 + index)).map(({ text, marked }, run) =>
                marked ? (
                  <mark
                    key={run}
                    className="rounded-sm bg-danger-ground mx-px px-px py-0.5 font-strong text-danger outline-1 outline-danger-line"
                  >
                    {text}
                  </mark>
                ) : (
                  <Fragment key={run}>{text}</Fragment>
                ),
              )}
            </span>
            {at < groups.length - 1 && <wbr />}
          </Fragment>
        ))}
      </span>
    </>
  );
}

/** A group cut where marked and unmarked characters meet. */
function runsOf(
  group: string,
  isMarked: (index: number) => boolean,
): { text: string; marked: boolean }[] {
  const runs: { text: string; marked: boolean }[] = [];
  Array.from(group).forEach((character, index) => {
    const marked = isMarked(index);
    const last = runs.at(-1);
    if (last?.marked === marked) last.text += character;
    else runs.push({ text: character, marked });
  });
  return runs;
}
