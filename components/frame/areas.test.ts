import { describe, expect, it } from 'vitest';
import { areaOf, type AreaGroup } from './areas.ts';

const groups: AreaGroup[] = [
  {
    areas: [
      { label: 'Queue', href: '/queue' },
      { label: 'Operations', href: '/operations' },
      { label: 'Raise', href: '/raise', also: ['/operations/new'] },
    ],
  },
  { heading: 'People', areas: [{ label: 'Requests', href: '/operations/requests' }] },
];

describe('areaOf', () => {
  it('finds the area of a page below it', () => {
    expect(areaOf(groups, '/operations/WD-2026-000001')?.label).toBe('Operations');
  });

  it('prefers the longer address', () => {
    expect(areaOf(groups, '/operations/requests/7')?.label).toBe('Requests');
  });

  it('takes an address elsewhere for the area that names it', () => {
    expect(areaOf(groups, '/operations/new')?.label).toBe('Raise');
    expect(areaOf(groups, '/operations/newest')?.label).toBe('Operations');
  });

  it('takes no area whose name merely begins alike', () => {
    expect(areaOf(groups, '/queues')).toBeNull();
    expect(areaOf(groups, '/')).toBeNull();
  });
});
