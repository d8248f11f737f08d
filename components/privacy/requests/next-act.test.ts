import { expect, it } from 'vitest';
import {
  advised,
  asked,
  collected,
  dora,
  identified,
  mia,
  opened,
  proposed,
  reviewed,
  sha,
  standingOf,
  toOpinion,
  type Said,
} from '#lib/privacy/testing/request-events.ts';
import { nextActOf, type Seen } from './next-act.ts';

const people = {
  dpo: { id: dora, isDpo: true, work: true, decide: false, approve: false },
  manager: { id: mia, isDpo: false, work: false, decide: true, approve: true },
  officer: { id: 'p-cccccccccc', isDpo: false, work: false, decide: false, approve: true },
};

function next(who: keyof typeof people, ...said: Said[]): string {
  const seen: Seen = {
    standing: standingOf(...said),
    you: { ...people[who], guarded: false, mayFind: true, contents: true },
    recipients: [{ code: 'bank', name: 'Bank', from: 'map' }],
    untold: 0,
    uncollected: said.some(({ kind }) => kind === 'collected') ? 0 : 1,
  };
  const act = nextActOf(seen);
  return act === null ? 'nothing' : `${act.kind}${act.isYours ? '' : ' (another)'}`;
}

const approved: Said = { kind: 'approved', by: 'p-cccccccccc', facts: { of: 6, events: sha } };
const sent: Said = {
  kind: 'fulfilled',
  facts: { channel: 'post', sentAt: '2026-06-20T10:00:00.000Z', digest: sha, namesRemedies: false },
};
const decided = (right: 'access' | 'rectification'): Said[] => [
  ...toOpinion({ right }),
  proposed(),
  approved,
];

it('before anything else it is found out who asks, and for another with what authority', () => {
  expect(next('dpo', opened())).toBe('identified');
  expect(next('dpo', opened({ forAnother: true }), identified)).toBe('authority-shown');
  expect(next('dpo', opened(), { kind: 'doubted', facts: { reason: 'shared-name' } })).toBe(
    'asked',
  );
  expect(next('manager', opened())).toBe('identified (another)');
});

it('an open question waits for its answer, then it is collected and reviewed', () => {
  expect(next('dpo', opened(), asked('2026-06-06T10:00:00.000Z'))).toBe('answered');
  expect(next('dpo', opened(), identified)).toBe('collected');
  expect(next('dpo', opened(), identified, collected)).toBe('reviewed');
});

it('the officer advises, a manager proposes, and another person approves', () => {
  expect(next('dpo', opened(), identified, collected, reviewed)).toBe('opinion-given');
  expect(next('manager', opened(), identified, collected, reviewed)).toBe(
    'opinion-given (another)',
  );
  expect(next('manager', ...toOpinion())).toBe('proposed');
  expect(next('dpo', ...toOpinion())).toBe('proposed (another)');
  expect(next('officer', ...toOpinion(), proposed())).toBe('approved');
  expect(next('manager', ...toOpinion(), proposed())).toBe('approved (another)');
});

it('who gave an opinion is told that another decides, whatever their role is now', () => {
  const byMia: Said = { ...advised, by: mia };
  expect(next('manager', opened(), identified, collected, reviewed, byMia)).toBe(
    'proposed (another)',
  );
});

it('what is decided to go is answered once the worker has erased it', () => {
  const erasing: Said[] = [...toOpinion({ right: 'erasure' }), proposed({ plan: sha }), approved];
  expect(next('dpo', ...erasing)).toBe('erased (another)');
  const erased: Said = {
    kind: 'erased',
    by: 'system',
    facts: {
      scope: 'whole',
      values: 3,
      hashes: 2,
      texts: 0,
      rootBefore: 1,
      rootAfter: 2,
      found: 0,
    },
  };
  expect(next('dpo', ...erasing, erased)).toBe('fulfilled');
});

it('a restriction that was set meanwhile is told to recipients before the request is closed', () => {
  const act = nextActOf({
    standing: standingOf(...decided('access'), sent),
    you: { ...people.dpo, guarded: false, mayFind: true, contents: true },
    recipients: [],
    untold: 1,
    uncollected: 0,
  });
  expect(act).toMatchObject({ kind: null, isYours: true });
  expect(act?.says).toContain('Art 19');
});

it('what was decided is answered, told to recipients where the law asks for it, and closed', () => {
  expect(next('dpo', ...decided('access'))).toBe('fulfilled');
  expect(next('dpo', ...decided('access'), sent)).toBe('closed');
  expect(next('dpo', ...decided('rectification'), sent)).toBe('recipient-told');
  const told: Said = { kind: 'recipient-told', facts: { recipient: 'bank', result: 'told' } };
  expect(next('dpo', ...decided('rectification'), sent, told)).toBe('notified');
  expect(next('dpo', ...decided('access'), sent, { kind: 'closed', facts: {} })).toBe('nothing');
});

it('who is to propose reads what is done before it can be granted', () => {
  const says = (right: 'access' | 'objection' | 'restriction' | 'erasure') =>
    nextActOf({
      standing: standingOf(...toOpinion({ right })),
      you: { ...people.manager, guarded: false, mayFind: true, contents: true },
      recipients: [],
      untold: 0,
      uncollected: 0,
    })?.says;
  expect(says('access')).toMatch(/package is built/);
  expect(says('objection')).toMatch(/restricted, first/);
  expect(says('restriction')).toMatch(/restricted first/);
  expect(says('erasure')).toBe('A manager proposes the decision.');
});
