import type { ReactNode } from 'react';
import {
  gradeOfScore,
  impactSteps,
  likelihoods,
  scoreOf,
  type RiskGrade,
} from '#lib/resilience/kinds/risk-words.ts';

/** Grounds by grade: darker is graver, so that the picture reads in grey, too. */
const grounds: Readonly<Record<RiskGrade, string>> = {
  critical: 'bg-danger-ground',
  high: 'bg-caution-ground',
  medium: 'bg-sunken',
  low: 'bg-surface',
};

const five = [1, 2, 3, 4, 5] as const;

/** Likelihood upwards, impact to the right; `cell` says what stands in each field. */
export function RiskMatrix({
  label,
  cell,
}: {
  label: string;
  cell: (likelihood: number, impact: number) => ReactNode;
}) {
  return (
    <table className="w-full max-w-[44rem] table-fixed border-collapse text-sm">
      <caption className="sr-only">{label}</caption>
      <thead>
        <tr>
          <th
            scope="col"
            className="w-24 pe-2 pb-1 text-start align-bottom font-medium text-text-quiet"
          >
            Likelihood
          </th>
          {five.map((impact) => (
            <th
              key={impact}
              scope="col"
              className="px-1 pb-1 text-start align-bottom font-normal text-text-quiet"
            >
              {impact}
              <span className="max-medium:sr-only"> {impactSteps[impact - 1]}</span>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {five.toReversed().map((likelihood) => (
          <tr key={likelihood}>
            <th scope="row" className="pe-2 text-start font-normal text-text-quiet">
              {likelihood}
              <span className="max-medium:sr-only"> {likelihoods[likelihood - 1]}</span>
            </th>
            {five.map((impact) => (
              <td
                key={impact}
                className={`h-10 border border-line-strong px-2 max-medium:px-1 ${grounds[gradeOfScore(scoreOf({ likelihood, impact }))]}`}
              >
                {cell(likelihood, impact)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
