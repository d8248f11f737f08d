/** What a person is told of decisions by machines alone, by the record of processing (Article 15(1)(h) GDPR). Pure. */
import type { ProcessingActivity } from '../registers/processing-record.ts';

type Activity = Pick<ProcessingActivity, 'name' | 'automated' | 'automatedLogic'>;

const named = (activities: readonly Activity[]): string =>
  activities.map(({ name }) => name).join('; ');

/** @param activities those about people like this one. */
export function automatedWords(activities: readonly Activity[]): string {
  const yes = activities.filter(({ automated }) => automated === 'yes');
  const no = activities.filter(({ automated }) => automated === 'no');
  const unsaid = activities.filter(({ automated }) => automated === null);
  const said = [
    ...yes.map(
      ({ name, automatedLogic }) =>
        `Machines alone decide in “${name}” (Article 22 GDPR): ${automatedLogic.replace(/[.\s]*$/u, '')}. You may have a person look at it, say how you see it and contest the decision.`,
    ),
    ...(no.length > 0
      ? [`No decision is made by machines alone in what we do under: ${named(no)}.`]
      : []),
    ...(unsaid.length > 0
      ? [`Whether machines alone decide is not on record for: ${named(unsaid)}.`]
      : []),
  ];
  return said.length === 0
    ? 'Whether machines alone decide anything about you (Article 22 GDPR) is not on record.'
    : said.join(' ');
}
