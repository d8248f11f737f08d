/** Rows about the incident desk with years behind it, on durable PostgreSQLs of the bench's own. */
import { benchDesk } from '#lib/incidents/bench.ts';
import { benchDraft, draftedLeast } from '#lib/incidents/reports/bench.ts';
import type { Part } from './part.ts';
import { makeRow, median } from './row.ts';
import { withDatabase } from './with-database.ts';

/** Five years of a custodian. */
const INCIDENTS = 20_000;
const ROUNDS = 30;
/** Times a desk with one incident. */
const GROWTH_MAX = 2;

export const incidentsPart: Part = {
  name: 'incidents',
  title: 'The incident desk with five years behind it',
  run: async (report, signal) => {
    report('two databases of its own start …');
    const pages = await withDatabase((full) =>
      withDatabase((empty) =>
        benchDesk({ full, empty, incidents: INCIDENTS, rounds: ROUNDS, report, signal }),
      ),
    );
    const drafted = await withDatabase(benchDraft);
    const share = drafted.filled / drafted.of;
    const says = `Of an initial notification, ${drafted.filled} of ${drafted.of} mandatory fields (${(share * 100).toFixed(1)} %) are filled before anybody writes; left to people: ${drafted.left.join(', ')}.`;
    report(says);
    return {
      rows: pages.map(({ name, full, empty }) =>
        makeRow({
          part: 'incidents',
          name,
          unit: 'ms',
          measured: {
            what: `on the server, with ${INCIDENTS.toLocaleString('en')} incidents of five years`,
            values: full,
          },
          reference: { what: 'the same with one incident', values: empty },
          bar: {
            says: `at most ${GROWTH_MAX} times`,
            limit: GROWTH_MAX,
            of: (many, one) => many / one,
          },
        }),
      ),
      failures: share >= draftedLeast ? [] : [`${says} The bar is ${draftedLeast * 100} %.`],
      figures: {
        drafted: { ...drafted, share },
        incidents: Object.fromEntries(
          pages.map(({ name, full, empty }) => [
            name,
            { full: median(full), empty: median(empty) },
          ]),
        ),
      },
    };
  },
};
