/** A pack in words, for the screen and for paper alike. Pure. */

export type SectionTone = 'quiet' | 'caution' | 'danger';

export type PackFigure = {
  label: string;
  value: string;
  /** What it means or what to do; empty where the figure says all. */
  note: string;
  tone: SectionTone;
  /** The list that it counts, as it stands today; null where there is none. */
  href: string | null;
};

export type PackTable = {
  title: string;
  heads: readonly string[];
  /** Columns of figures, by place, which are set to the right. */
  ends: readonly number[];
  rows: readonly { cells: readonly string[]; share: number | null }[];
  /** What stands there where there is no row. */
  empty: string;
  /** How many there are, where not all are shown; empty otherwise. */
  more: string;
};

export type PackSection = {
  id: string;
  title: string;
  article: string;
  figures: readonly PackFigure[];
  tables: readonly PackTable[];
};

type Given = { note?: string; href?: string; tone?: SectionTone };

/** A figure that is only told. */
export const told = (
  label: string,
  value: number | string,
  { note = '', href, tone = 'quiet' }: Given = {},
): PackFigure => ({
  label,
  value: typeof value === 'number' ? value.toLocaleString('en') : value,
  note,
  tone,
  href: href ?? null,
});

/** A figure that should be nought. */
export const shouldBeNone = (
  label: string,
  value: number,
  tone: 'caution' | 'danger',
  { note = '', href }: { note?: string; href?: string } = {},
): PackFigure =>
  told(label, value, {
    ...(value === 0 ? { note: 'None' } : { note, tone }),
    ...(href === undefined ? {} : { href }),
  });

/** A table with bars of the length of each row's share, where shares are given. */
export const table = (
  title: string,
  heads: readonly string[],
  rows: readonly (readonly string[])[],
  {
    ends = [],
    shares = null,
    empty = 'None.',
    of = rows.length,
  }: {
    ends?: readonly number[];
    shares?: readonly number[] | null;
    empty?: string;
    of?: number;
  } = {},
): PackTable => ({
  title,
  heads,
  ends,
  rows: rows.map((cells, place) => ({ cells, share: shares?.[place] ?? null })),
  empty,
  more: of > rows.length ? `${rows.length} of ${of.toLocaleString('en')}.` : '',
});

/** Minutes in the largest units that stay exact enough: 3 h 20 min. */
export function minutesWords(minutes: number): string {
  const days = Math.floor(minutes / 1_440);
  const hours = Math.floor((minutes % 1_440) / 60);
  const rest = minutes % 60;
  const said = [days > 0 && `${days} d`, hours > 0 && `${hours} h`, rest > 0 && `${rest} min`];
  return said.filter((one) => one !== false).join(' ') || '0 min';
}

/** Milliseconds, to the second: 4 min 12 s. */
export function spanWords(ms: number): string {
  const seconds = Math.round(ms / 1_000);
  const minutes = Math.floor(seconds / 60);
  return minutes === 0
    ? `${seconds} s`
    : [minutesWords(minutes), seconds % 60 > 0 && `${seconds % 60} s`].filter(Boolean).join(' ');
}

/** What a recovery reached, in milliseconds. */
export const reachedWords = (ms: number | null): string =>
  ms === null ? 'Not reached' : spanWords(ms);

/** A share of hundredths of a percent, as percent. */
export const percentWords = (share: number | null): string =>
  share === null ? 'nothing held' : `${(share / 100).toFixed(2)} %`;
