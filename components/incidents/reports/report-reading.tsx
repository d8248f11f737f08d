import { readValues } from '#lib/incidents/report/read-values.ts';
import type { ReportValues } from '#lib/incidents/report/field-types.ts';
import type { ReportView } from '#lib/incidents/reports/view-report.ts';
import { DescriptionList } from '../../ui/description-list.tsx';

/** What is sent, in the order of the ITS, as people read it. */
export function ReportReading({ view }: { view: ReportView }) {
  const values = Object.fromEntries(
    view.fields.flatMap(({ no, value }) => (value === null ? [] : [[no, value]])),
  ) as ReportValues;
  return (
    <div className="space-y-10">
      {readValues(values).map(({ words, fields }) => (
        <section key={words}>
          <h2 className="mb-3 text-md">{words}</h2>
          <DescriptionList
            items={fields.map(({ field, words: value, isFilled }) => ({
              id: field.no,
              term: `${field.no} ${field.label}`,
              detail: (
                <bdi
                  className={`wrap-anywhere whitespace-pre-line ${isFilled ? '' : 'text-text-quiet'}`}
                >
                  {value}
                </bdi>
              ),
            }))}
          />
        </section>
      ))}
    </div>
  );
}
