/** One step of the test run and what came out of it. */
export type Tally = { passed: number; failed: number };

export type StepResult = Tally & {
  /** Shown when the step failed, for what the output itself does not say. */
  advice?: string;
  /** Of the first failed tests: the name, and the first lines of why. */
  reasons?: readonly string[];
};

export type TestStep = {
  /** Name for `--only`. */
  name: string;
  title: string;
  /** Name of a step without whose success this one has nothing to do. */
  needs?: string;
  /** Prints through `print`, so that steps side by side don't mix their lines. */
  run: (print: (text: string) => void) => Promise<StepResult>;
};

/** Steps that follow one another. */
export type Lane = readonly TestStep[];

export const addTallies = (tallies: readonly Tally[]): Tally => ({
  passed: tallies.reduce((sum, tally) => sum + tally.passed, 0),
  failed: tallies.reduce((sum, tally) => sum + tally.failed, 0),
});
