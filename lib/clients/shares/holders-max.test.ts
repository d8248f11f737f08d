import { expect, it } from 'vitest';
import { findTooMany, holdersMax } from './holders-max.ts';

it('anything is shared out among as many holders as one transaction can write, and one more is refused', () => {
  expect(findTooMany(holdersMax, 'SOL')).toBeNull();
  expect(findTooMany(holdersMax + 1, 'SOL')?.refusal).toMatchObject({ code: 'too-many-holders' });
});
