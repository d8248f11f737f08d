import type { RequestView } from '#lib/privacy/requests/view-request.ts';

const likenesses: Readonly<Record<string, string>> = {
  person: 'about the same person',
  message: 'same message',
  email: 'same e-mail address',
  name: 'same name',
};
const strongestFirst = Object.keys(likenesses);

type AlikeRow = { number: string; likeness: string; state: string };

/** Requests like this one, each once with all that makes it alike, what says most about it first. */
export function alikeRows(alike: RequestView['alike']): AlikeRow[] {
  const byNumber = Map.groupBy(alike, ({ number }) => number);
  return [...byNumber].map(([number, found]) => ({
    number,
    state: found[0]?.state ?? '',
    likeness: found
      .map(({ by }) => by)
      .toSorted((one, other) => strongestFirst.indexOf(one) - strongestFirst.indexOf(other))
      .map((by) => likenesses[by] ?? by)
      .join(', '),
  }));
}
