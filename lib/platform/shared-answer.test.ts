import { describe, expect, it } from 'vitest';
import { sharedAnswer } from './shared-answer.ts';

function counted() {
  const clock = { now: 0 };
  const answers: PromiseWithResolvers<number>[] = [];
  const ask = sharedAnswer(
    () => {
      const answer = Promise.withResolvers<number>();
      answers.push(answer);
      return answer.promise;
    },
    2_000,
    () => clock.now,
  );
  return { clock, answers, ask };
}

describe('a shared answer', () => {
  it('is made once for everybody who asks at the same time', async () => {
    const { answers, ask } = counted();
    const asked = Array.from({ length: 250 }, ask);
    answers[0]?.resolve(1);
    expect(new Set(await Promise.all(asked))).toEqual(new Set([1]));
    expect(answers).toHaveLength(1);
  });

  it('is kept for its time and no longer', async () => {
    const { clock, answers, ask } = counted();
    const first = ask();
    clock.now = 1_500;
    answers[0]?.resolve(1);
    await first;
    clock.now = 3_499;
    expect(await ask()).toBe(1);
    clock.now = 3_500;
    void ask();
    expect(answers).toHaveLength(2);
  });

  it('that failed is told to who waited and asked again by the next', async () => {
    const { answers, ask } = counted();
    const both = [ask(), ask()];
    answers[0]?.reject(new Error('away'));
    await expect(Promise.all(both)).rejects.toThrow('away');
    void ask();
    expect(answers).toHaveLength(2);
  });
});
