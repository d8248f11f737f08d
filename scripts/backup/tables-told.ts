/** Progress of what goes through every table: a line a second at most, so that a terminal shows it and a log stays short. */
export function tablesTold(): (word: string, done: number, all: number, rows: number) => void {
  let last = Date.now();
  return (word, done, all, rows) => {
    if (Date.now() - last < 1_000 && rows < 1_000_000) return;
    last = Date.now();
    console.error(`  ${done} of ${all} tables ${word}`);
  };
}
