/** The record of processing as files: JSON for programs, CSV for tables. Pure. */
import { csvOf } from '#lib/platform/csv.ts';
import { notSaid, partsOf, type ProcessingRecord } from './processing-record.ts';

/** Everything, in the order in which the console keeps it. */
export const processingJson = (record: ProcessingRecord): string =>
  `${JSON.stringify(
    {
      title: 'Record of processing activities (Regulation (EU) 2016/679, Article 30(1))',
      ...record,
    },
    null,
    2,
  )}\n`;

/** One line for each activity, one column for each part of Art 30(1). */
export function processingCsv({ activities }: ProcessingRecord): string {
  const heads = ['Number', 'Version', 'Activity', 'State'];
  const rows = activities.map((one) => [
    one.number,
    String(one.version),
    one.name,
    one.state,
    ...partsOf(one).map(({ words }) => words || notSaid),
  ]);
  const parts = activities[0] ? partsOf(activities[0]) : [];
  const columns = parts.map(({ letter, name }) => (letter === '' ? name : `${name} (${letter})`));
  return csvOf([[...heads, ...columns], ...rows]);
}
