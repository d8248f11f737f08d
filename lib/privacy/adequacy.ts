/**
 * Adequacy decisions of the Commission (GDPR Art 45): for which countries and organisations, from and until when, and
 * for whom there. Each decision is a line of its own, since decisions end and are renewed. Pure.
 */
import { daysAfter } from '#lib/resilience/days.ts';

/** For whom in the country it holds: everybody, or only those of whom the record says so. */
export type AdequacyScope = 'all' | 'certified' | 'commercial';

export type AdequacyDecision = {
  /** Country by two letters, or `epo` for the European Patent Organisation. */
  of: string;
  name: string;
  /** The day of the decision, yyyy-mm-dd. */
  from: string;
  /** The last day; null where the decision names none. */
  until: string | null;
  scope: AdequacyScope;
  source: string;
};

const everywhere = (of: string, name: string, from: string, source: string): AdequacyDecision => ({
  of,
  name,
  from,
  until: null,
  scope: 'all',
  source,
});

export const adequacyDecisions: readonly AdequacyDecision[] = [
  everywhere('AD', 'Andorra', '2010-10-19', 'Decision 2010/625/EU'),
  everywhere('AR', 'Argentina', '2003-06-30', 'Decision 2003/490/EC'),
  everywhere('BR', 'Brazil', '2026-01-27', 'Implementing Decision of 27 January 2026'),
  {
    ...everywhere('CA', 'Canada', '2001-12-20', 'Decision 2002/2/EC'),
    scope: 'commercial',
  },
  everywhere('FO', 'Faroe Islands', '2010-03-05', 'Decision 2010/146/EU'),
  everywhere('GG', 'Guernsey', '2003-11-21', 'Decision 2003/821/EC'),
  everywhere('IM', 'Isle of Man', '2004-04-28', 'Decision 2004/411/EC'),
  everywhere('IL', 'Israel', '2011-01-31', 'Decision 2011/61/EU'),
  everywhere('JP', 'Japan', '2019-01-23', 'Implementing Decision (EU) 2019/419'),
  everywhere('JE', 'Jersey', '2008-05-08', 'Decision 2008/393/EC'),
  everywhere('NZ', 'New Zealand', '2012-12-19', 'Implementing Decision 2013/65/EU'),
  everywhere('KR', 'Republic of Korea', '2021-12-17', 'Implementing Decision (EU) 2022/254'),
  everywhere('CH', 'Switzerland', '2000-07-26', 'Decision 2000/518/EC'),
  {
    ...everywhere('GB', 'United Kingdom', '2021-06-28', 'Implementing Decision (EU) 2021/1772'),
    until: '2031-12-27',
    source: 'Implementing Decision (EU) 2021/1772, renewed in December 2025',
  },
  {
    ...everywhere('US', 'United States', '2023-07-10', 'Implementing Decision (EU) 2023/1795'),
    scope: 'certified',
  },
  everywhere('UY', 'Uruguay', '2012-08-21', 'Implementing Decision 2012/484/EU'),
  everywhere(
    'epo',
    'European Patent Organisation',
    '2025-07-15',
    'Implementing Decision of 15 July 2025',
  ),
];

/** The importer as the record describes it; null where nobody has said. */
export type Importer = { of: string; certified: boolean | null; commercial: boolean | null };

export type Adequacy =
  | { is: 'adequate'; decision: AdequacyDecision }
  /** In force, but it ends within the days of warning. */
  | { is: 'ending'; decision: AdequacyDecision; until: string }
  | { is: 'not-yet'; decision: AdequacyDecision }
  | { is: 'ended'; decision: AdequacyDecision }
  /** In force, and not for this importer. */
  | { is: 'not-for-them'; decision: AdequacyDecision }
  | { is: 'none' };

const covers = ({ scope }: AdequacyDecision, { certified, commercial }: Importer): boolean =>
  scope === 'all' || (scope === 'certified' ? certified === true : commercial === true);

/**
 * What holds for an importer on a day.
 * @param today yyyy-mm-dd; the last day of a decision still counts.
 * @param warnDays so many days before its end it is `ending`.
 */
export function adequacyOn(
  importer: Importer,
  { today, warnDays }: { today: string; warnDays: number },
  decisions: readonly AdequacyDecision[] = adequacyDecisions,
): Adequacy {
  const about = decisions
    .filter(({ of }) => of === importer.of)
    .toSorted((a, b) => a.from.localeCompare(b.from));
  const inForce = about.findLast(
    ({ from, until }) => from <= today && (until === null || until >= today),
  );
  if (inForce) {
    if (!covers(inForce, importer)) return { is: 'not-for-them', decision: inForce };
    const next = about.some(
      ({ from, until }) =>
        inForce.until !== null &&
        from <= daysAfter(inForce.until, 1) &&
        (until === null || until > inForce.until),
    );
    return inForce.until !== null && inForce.until <= daysAfter(today, warnDays) && !next
      ? { is: 'ending', decision: inForce, until: inForce.until }
      : { is: 'adequate', decision: inForce };
  }
  const ended = about.findLast(({ until }) => until !== null && until < today);
  if (ended) return { is: 'ended', decision: ended };
  const [later] = about;
  return later ? { is: 'not-yet', decision: later } : { is: 'none' };
}
