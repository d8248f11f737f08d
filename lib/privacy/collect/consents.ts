/** To what a person agreed, with what proves it (Article 7(1) GDPR). */
import { consentWays } from '#lib/persons/consent-ways.ts';
import { atOnce, foundIn, paged, type CollectedItem, type System } from './system.ts';
import { systemNames } from './system-names.ts';

type Row = {
  field: string;
  version: number;
  recorded: Date;
  register: string | null;
  wording: string | null;
  given: Date | null;
  way: string | null;
  withdrawn: Date | null;
};
type ByVersion = CollectedItem & Pick<Row, 'field' | 'version'>;

/** The field of the vault whose answers are consents. */
const consentField = 'marketing-consent';

const isWay = (way: string): way is keyof typeof consentWays => Object.hasOwn(consentWays, way);
const notOnRecord = 'not on record';

/** Each answer to a consent; where nothing proves it, that is what it says. An answer itself stands with the values. */
export const consents: System = {
  name: systemNames.consents,
  what: 'To what the person agreed, in which wording, when and how, and when they took it back.',
  tables: ['person_consent', 'person_value', 'person_stop'],
  count: async (tx, { id: person }) =>
    foundIn(
      await tx.$queryRaw<{ found: number }[]>`
        select count(*)::int as found from (
          select version from person_value where person_id = ${person} and field = ${consentField}
          union select version from person_consent where person_id = ${person} and field = ${consentField}) a`,
    ),
  items: (db, { id: person }) =>
    paged<ByVersion>(async (after) => {
      const rows = await db.$queryRaw<Row[]>`
        select ${consentField} as field, a.version, coalesce(c.recorded_at, v.recorded_at) as recorded, c.register,
            c.wording, c.given_at as given, c.way,
            (select min(s.at) from person_stop s where s.person_id = ${person} and s.what = 'marketing'
              and s.at >= coalesce(c.given_at, v.recorded_at)) as withdrawn
          from (select version from person_value where person_id = ${person} and field = ${consentField}
              union select version from person_consent where person_id = ${person} and field = ${consentField}) a
            left join person_value v on v.person_id = ${person} and v.field = ${consentField} and v.version = a.version
            left join person_consent c on c.person_id = ${person} and c.field = ${consentField} and c.version = a.version
          where a.version > ${after?.version ?? 0}::int order by a.version limit ${atOnce}`;
      return rows.map(({ field, version, recorded, register, wording, given, way, withdrawn }) => ({
        field,
        version,
        ref: `${field} ${version}`,
        at: recorded.toISOString(),
        facts: {
          field,
          version,
          consent: register ?? notOnRecord,
          wording: wording ?? notOnRecord,
          givenAt: given?.toISOString() ?? null,
          how: way !== null && isWay(way) ? consentWays[way] : notOnRecord,
          withdrawnAt: withdrawn?.toISOString() ?? null,
        },
      }));
    }),
};
