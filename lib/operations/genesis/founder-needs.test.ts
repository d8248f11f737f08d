import { describe, expect, it } from 'vitest';
import { fewestFounders, listText, missingAmongFounders } from './founder-needs.ts';

const officer = (group: string | null) => ({ roles: ['officer'], group });
const [first, ...others] = fewestFounders;

describe('missingAmongFounders', () => {
  it('misses nothing among the fewest founders, and something without any of them', () => {
    expect(missingAmongFounders(fewestFounders)).toEqual([]);
    for (const left of fewestFounders)
      expect(missingAmongFounders(fewestFounders.filter((one) => one !== left))).not.toEqual([]);
  });

  it('names every part when there is nobody', () => {
    expect(missingAmongFounders([])).toEqual([
      'an officer of Control to approve',
      'an officer of Custody to co-sign',
      'an officer of Recovery to state in key ceremonies',
      'an officer to raise, who is none of those who then decide',
      'an administrator to invite people later',
    ]);
  });

  it('takes a second officer of a group as the one who raises', () => {
    const founders = [...others, { roles: ['officer', 'administrator'], group: 'control' }];
    expect(missingAmongFounders(founders)).toEqual([]);
  });

  it('counts nobody who is no officer, whatever their group', () => {
    const founders = [first ?? officer(null), { roles: ['auditor'], group: 'control' }];
    expect(missingAmongFounders([...founders, ...others.slice(1)])).toEqual([
      'an officer of Control to approve',
    ]);
  });
});

describe('listText', () => {
  it('joins as people write', () => {
    expect(listText([])).toBe('');
    expect(listText(['a'])).toBe('a');
    expect(listText(['a', 'b', 'c'])).toBe('a, b and c');
  });
});
