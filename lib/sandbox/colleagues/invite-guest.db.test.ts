import { mkdtempSync, rmSync } from 'node:fs';
import type { Server } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readEnrolment } from '#lib/identity/read-enrolment.ts';
import { valueOf } from '#lib/identity/testing/people.ts';
import { askInvitation } from '#lib/operations/ask-invitation.ts';
import { operatorName } from '#lib/persons/operator-names.ts';
import { openDoor } from './door.ts';
import { openGuestLinksMax } from './invite-guest.ts';
import { openWorkplace, type Workplace } from './testing/workplace.ts';

let workplace: Workplace;
let folder: string;
let address: string;
let door: Server;

beforeAll(async () => {
  workplace = await openWorkplace();
  folder = mkdtempSync(join(workplace.folder, 'door-'));
  address = `unix:${join(folder, 'door.sock')}`;
  door = await openDoor(workplace.team, address.slice('unix:'.length));
});

afterAll(async () => {
  door.close();
  rmSync(folder, { recursive: true, force: true });
  await workplace.close();
});

const refusal = (code: string) => ({ ok: false, refusal: expect.objectContaining({ code }) });

test('each seat gets a link for a new person of the right group, named so that nobody mixes them up', async () => {
  const { context } = workplace;
  const groups = { officer: null, approver: 'control', cosigner: 'custody', dpo: null } as const;
  for (const [seat, group] of Object.entries(groups)) {
    const first = valueOf(await askInvitation({ seat }, address, context));
    const second = valueOf(await askInvitation({ seat }, address, context));
    expect(second.name).toBe(`${first.name} 2`);
    const [, token] = first.link.split('#');
    const opened = valueOf(await readEnrolment(token, context));
    expect(opened).toMatchObject({ displayName: first.name, group });
  }
});

test('the invitation is recorded as the sample administrator’s', async () => {
  const { operatorId } = valueOf(
    await askInvitation({ seat: 'officer' }, address, workplace.context),
  );
  const invitation = await workplace.owner.invitation.findFirstOrThrow({ where: { operatorId } });
  expect(await operatorName(workplace.owner, invitation.invitedBy ?? '')).toBe('Ada Hofmann');
});

test('production and a console without colleagues refuse', async () => {
  const { context } = workplace;
  const production = { ...context, settings: { ...context.settings, mode: 'production' as const } };
  const before = await workplace.owner.invitation.count();
  expect(await askInvitation({ seat: 'officer' }, address, production)).toEqual(
    refusal('sandbox-only'),
  );
  expect(await askInvitation({ seat: 'officer' }, null, context)).toEqual(refusal('sandbox-only'));
  expect(await workplace.owner.invitation.count()).toBe(before);
});

test('anything but the seats is refused on both sides of the door', async () => {
  const { context } = workplace;
  for (const input of [null, {}, { seat: 'administrator' }, { seat: 'officer', roles: ['dpo'] }])
    expect(await askInvitation(input, address, context)).toEqual(refusal('form-invalid'));
});

test('nobody at the door is a sentence, not a fault', async () => {
  const nowhere = `unix:${join(folder, 'nobody.sock')}`;
  expect(await askInvitation({ seat: 'officer' }, nowhere, workplace.context)).toEqual(
    refusal('colleague-unreachable'),
  );
});

test('links that wait to be used have a limit; one that is over makes room', async () => {
  const { context, owner } = workplace;
  const open = { usedAt: null, invitedBy: { not: null } };
  for (let made = await owner.invitation.count({ where: open }); made < openGuestLinksMax; made++)
    valueOf(await askInvitation({ seat: 'officer' }, address, context));
  expect(await askInvitation({ seat: 'officer' }, address, context)).toEqual(
    refusal('too-many-guests'),
  );
  const oldest = await owner.invitation.findFirstOrThrow({ where: open });
  await owner.invitation.update({ where: { id: oldest.id }, data: { expiresAt: new Date() } });
  expect(await askInvitation({ seat: 'officer' }, address, context)).toMatchObject({ ok: true });
});
