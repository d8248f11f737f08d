/** A database with people who keep, advise on, approve and read the registers of data protection. */
import type { Actor } from '#lib/identity/actor.ts';
import { admit, enrol, signIn } from '#lib/identity/testing/people.ts';
import type { Kind } from '#lib/resilience/records/kinds.ts';
import { saveRecord } from '#lib/resilience/records/save-record.ts';
import type { Written } from '#lib/resilience/records/write-record.ts';
import {
  newRecord,
  openResilienceDesk,
  type ResilienceDesk,
} from '#lib/resilience/testing/desk.ts';
import {
  activitySample,
  partySample,
  privacyTexts,
} from '#lib/resilience/testing/privacy-samples.ts';

export type RegistersDesk = ResilienceDesk & {
  /** Advises: `privacy:work`. */
  officer: Actor;
  /** Approves what others wrote, and writes nothing. */
  approver: Actor;
  controller: Written;
  dpo: Written;
};

export async function openRegistersDesk(): Promise<RegistersDesk> {
  const desk = await openResilienceDesk();
  const person = async (displayName: string, role: 'dpo' | 'officer') => {
    const enrolled = await enrol(desk.context, { displayName, roles: [role], group: null });
    await admit(desk.owner, enrolled);
    return (await signIn(desk.context, enrolled)).actor;
  };
  return {
    ...desk,
    officer: await person('Eva Brandt', 'dpo'),
    approver: await person('Otto Maier', 'officer'),
    controller: await newRecord(desk, 'party', partySample, privacyTexts.party),
    dpo: await newRecord(
      desk,
      'party',
      { ...partySample, role: 'dpo', name: null, code: null },
      { ...privacyTexts.party, name: 'Eva Brandt' },
    ),
  };
}

/** An activity that lacks nothing but what follows from other records. */
export const newActivity = (desk: RegistersDesk, facts: object = {}): Promise<Written> =>
  newRecord(
    desk,
    'activity',
    { ...activitySample(desk.manager.personId, desk.controller.id, desk.dpo.id), ...facts },
    privacyTexts.activity,
  );

/** Saves a next version as somebody. */
export const saveAs = (
  actor: Actor,
  { context }: Pick<RegistersDesk, 'context'>,
  kind: Kind,
  { id, version }: Pick<Written, 'id' | 'version'>,
  facts: object,
  texts: Readonly<Record<string, string>> = {},
) => saveRecord(actor, { kind, id, seen: version, facts, texts }, context);
