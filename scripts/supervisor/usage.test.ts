import { parseArgs } from 'node:util';
import { expect, test } from 'vitest';
import { Problem } from './problem.ts';
import { optionFault } from './usage.ts';

test.each([
  [['--frob'], 'There is no option “--frob” here.'],
  [['--name'], 'After --name comes a value.'],
  [['--name', '--yes'], 'After --name comes a value.'],
  [['--yes=1'], '--yes takes no value.'],
])('what Node says of %j becomes a sentence', (args, sentence) => {
  let fault: unknown;
  try {
    parseArgs({ args, options: { name: { type: 'string' }, yes: { type: 'boolean' } } });
  } catch (error) {
    fault = optionFault(error, 'USAGE');
  }
  expect(fault).toBeInstanceOf(Problem);
  expect((fault as Problem).message).toBe(`${sentence}\n\nUSAGE`);
});
