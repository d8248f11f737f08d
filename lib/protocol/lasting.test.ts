import { describe, expect, it } from 'vitest';
import { decide } from './decide.ts';
import { askedOnce, makeLasting } from './lasting.ts';
import { inputFor, policy, roster, withdrawal } from './testing/sample.ts';

describe('what was found out about a document', () => {
  it('is kept for one that can not change, and found out anew for any other', () => {
    let asked = 0;
    const count = askedOnce(({ parts }: { parts: number[] }) => {
      asked += 1;
      return parts.length;
    });
    const open = { parts: [1] };
    expect(count(open)).toBe(1);
    open.parts.push(2);
    expect(count(open)).toBe(2);
    const fixed = makeLasting({ parts: [1] });
    expect([count(fixed), count(fixed)]).toEqual([1, 1]);
    expect(asked).toBe(3);
    expect(() => fixed.parts.push(2)).toThrow(TypeError);
  });
});

describe('a decision under a roster and a policy that can not change', () => {
  it('is the same, also where they are unsound', () => {
    const fixed = (of: Partial<ReturnType<typeof inputFor>> = {}) => {
      const input = inputFor(withdrawal, {
        roster: structuredClone(of.roster ?? roster),
        policy: structuredClone(of.policy ?? policy),
      });
      makeLasting(input.roster);
      makeLasting(input.policy);
      return [decide(input), decide(input)];
    };
    expect(fixed()).toEqual([{ ok: true }, { ok: true }]);
    const [first] = roster.people;
    if (!first) throw new Error('The sample roster is empty.');
    const twice = { ...roster, people: [...roster.people, first] };
    const unsound = { ok: false, refusal: 'own-roster-unsound' };
    expect(fixed({ roster: twice })).toEqual([unsound, unsound]);
    const doubled = { ...policy, caps: [...policy.caps, ...policy.caps] };
    const unfit = { ok: false, refusal: 'own-policy-unsound' };
    expect(fixed({ policy: doubled })).toEqual([unfit, unfit]);
  });
});
