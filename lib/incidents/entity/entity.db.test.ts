import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { valueOf } from '#lib/identity/testing/people.ts';
import { openIncidentDesk, type IncidentDesk } from '../testing/incident-desk.ts';
import { recordProfile } from './record-profile.ts';
import { viewProfile } from './view-profile.ts';

let desk: IncidentDesk;
beforeAll(async () => {
  desk = await openIncidentDesk();
});
afterAll(() => desk.close());

const profile = {
  seen: '0',
  name: 'Sample Custody',
  lei: 'samplecustodian00113',
  type: 'crypto-asset_service_provider',
  memberState: 'DE',
  region: 'by',
  zone: 'Europe/Berlin',
  nis2Since: '',
  reliefWithdrawnOn: '',
  currency: 'EUR',
  authority: 'BaFin',
  parentName: '',
  parentLei: '',
  holidaysAdded: '2026-12-24, 2026-12-31',
  holidaysRemoved: '',
  'first-name': 'Mia Lindqvist',
  'first-email': 'mia@custodian.example',
  'first-phone': '+49 69 90009 110',
  'second-name': '',
  'second-email': '',
  'second-phone': '',
};
const record = (more: object = {}, who: keyof IncidentDesk['people'] = 'mia') =>
  recordProfile(desk.people[who].actor, { ...profile, ...more }, desk.context);
const codeOf = async (acting: ReturnType<typeof record>): Promise<string> => {
  const result = await acting;
  return result.ok ? 'done' : result.refusal.code;
};
const view = async (who: keyof IncidentDesk['people']) =>
  valueOf(await viewProfile(desk.people[who].actor, desk.context));
const versions = () => desk.owner.entityProfile.count();

describe('what this entity is to the law', () => {
  it('is nothing until a manager says it, and then stands in versions that all stay', async () => {
    expect(await view('ida')).toEqual({
      profile: null,
      newest: 0,
      contacts: null,
      can: { write: false },
    });
    expect((await view('mia')).can.write).toBe(true);
    expect(await codeOf(record({}, 'ada'))).toBe('not-allowed');
    expect(valueOf(await record())).toEqual({ version: 1 });
    const first = await view('ida');
    expect(first.profile).toMatchObject({
      version: 1,
      recordedByName: 'Mia Lindqvist',
      facts: {
        lei: 'SAMPLECUSTODIAN00113',
        region: 'BY',
        nis2Since: null,
        parent: null,
        isMicroenterprise: false,
        holidays: { added: ['2026-12-24', '2026-12-31'], removed: [] },
      },
    });
    expect(valueOf(await record({ seen: '1', name: 'Sample Custody SE' }))).toEqual({ version: 2 });
    expect((await view('ida')).profile?.facts.name).toBe('Sample Custody SE');
    expect(await versions()).toBe(2);
    expect(await desk.owner.auditEntry.count({ where: { kind: 'entity-recorded' } })).toBe(2);
  });

  it('shows whom the authority calls to people who report or keep the profile, and to nobody else', async () => {
    const said = {
      'first-name': 'Mia Lindqvist',
      'first-email': 'mia@custodian.example',
      'first-phone': '+49 69 90009 110',
    };
    expect((await view('mia')).contacts).toEqual(said);
    expect((await view('ada')).contacts).toEqual(said);
    expect((await view('ida')).contacts).toBeNull();
    expect((await view('dora')).contacts).toBeNull();
  });

  it('is not written over by somebody who saw an earlier version', async () => {
    expect(await codeOf(record({ seen: '1' }))).toBe('profile-moved');
    expect(await versions()).toBe(2);
  });

  it.each([
    ['an identifier with wrong check digits', { lei: 'SAMPLECUSTODIAN00114' }, 'form-invalid'],
    ['a Member State that there is not', { memberState: 'XX' }, 'form-invalid'],
    ['a time zone that there is not', { zone: 'Europe/Nowhere' }, 'form-invalid'],
    ['a subdivision that its Member State has not', { region: 'BAY' }, 'place-unknown'],
    ['a zone of another Member State', { zone: 'Pacific/Kiritimati' }, 'place-unknown'],
    ['a zone that is no place', { zone: 'Etc/GMT+12' }, 'place-unknown'],
    ['a day that there is not', { nis2Since: '2026-02-30' }, 'form-invalid'],
    ['a holiday that is no day', { holidaysAdded: 'Christmas' }, 'form-invalid'],
    ['half a parent', { parentName: 'Parent SE' }, 'parent-half'],
    ['an e-mail address without its sign', { 'first-email': 'mia' }, 'contact-invalid'],
    ['a telephone number without its prefix', { 'first-phone': '069 90009' }, 'contact-invalid'],
    ['a field that nobody asked for', { more: 'x' }, 'form-invalid'],
  ])('is refused with %s', async (_, more, code) => {
    expect(await codeOf(record({ seen: '2', ...more }))).toBe(code);
    expect(await versions()).toBe(2);
  });

  it('is read in the zones of all of a Member State', async () => {
    const azores = { memberState: 'PT', region: '', zone: 'Atlantic/Azores' };
    expect(await codeOf(record({ seen: '2', ...azores }))).toBe('done');
  });

  it('stays what it was where somebody wrote a version past the console, and can be recorded anew', async () => {
    const before = (await view('mia')).profile;
    const { personId } = desk.people.mia.actor;
    const write = (version: number, facts: object) =>
      desk.web.entityProfile.create({
        data: { version, facts, recordedBy: personId, recordedAt: desk.context.clock() },
      });
    await write(4, { name: 'nothing' });
    await write(5, { ...before?.facts, memberState: 'DE', region: 'BAY', zone: 'Europe/Berlin' });
    expect(await view('mia')).toMatchObject({ profile: before, newest: 5 });
    expect(await codeOf(record({ seen: '3' }))).toBe('profile-moved');
    expect(valueOf(await record({ seen: '5' }))).toEqual({ version: 6 });
    expect((await view('mia')).profile?.version).toBe(6);
  });
});
