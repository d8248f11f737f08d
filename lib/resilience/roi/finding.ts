/** What a check of a package finds. Pure. */
import { severityOf, type RuleId, type Severity } from './rules.ts';

export type Finding = {
  /** Code of the template, or the name of the file where it is about none; null for the package. */
  template: string | null;
  /** Data row from 1, without the header; null where it is about more than a row. */
  row: number | null;
  column: string | null;
  /** `more` for what goes beyond the bound. */
  rule: RuleId | 'more';
  severity: Severity;
  sentence: string;
};

/** Where a finding lies; what is left out is null. */
export type Place = {
  template?: string | null;
  row?: number | null;
  column?: string | null;
};

/** Findings that are listed of each severity; a file that is wrong throughout needs no longer list. */
export const findingsMax = 5_000;

/** Collects findings; what goes beyond the bound is counted and told in one last finding. */
export class Findings {
  readonly #listed: Finding[] = [];
  readonly #counts: Record<Severity, number> = { blocking: 0, warning: 0 };

  add(rule: RuleId, place: Place, sentence: string, severity = severityOf(rule)): void {
    this.#counts[severity] += 1;
    if (this.#counts[severity] > findingsMax) return;
    const { template = null, row = null, column = null } = place;
    this.#listed.push({ template, row, column, rule, severity, sentence });
  }

  count(severity: Severity): number {
    return this.#counts[severity];
  }

  list(): Finding[] {
    const more = (['blocking', 'warning'] as const)
      .filter((severity) => this.#counts[severity] > findingsMax)
      .map((severity): Finding => ({
        template: null,
        row: null,
        column: null,
        rule: 'more',
        severity,
        sentence: `${this.#counts[severity] - findingsMax} more findings of this kind are not listed. Mend these first.`,
      }));
    return [...this.#listed, ...more];
  }
}
