import { capitalised, classNames, riskNames, standingNames } from '#lib/operations/policy-words.ts';
import type { MadeUp } from '#lib/operations/policy/made-up.ts';
import type { Offered } from '#lib/operations/policy/view-draft.ts';
import { CheckField, SelectField, TextField } from '../../ui/field.tsx';
import { kindChoices } from '../editor/choices.ts';
import { AmountField } from '../editor/fields.tsx';

/** The made-up operation as it stands in the form. */
export type MadeUpForm = {
  kind: MadeUp['kind'];
  asset: string;
  amount: string;
  vault: string;
  client: string;
  class: NonNullable<MadeUp['destination']>['class'];
  listedDays: string;
  firstUse: boolean;
  eur: string;
  risk: string;
  standing: string;
  shortfall: string;
  spent: string;
  /** `datetime-local`, meant in UTC. */
  at: string;
};

export const beginMadeUp = (offered: Offered, now: string): MadeUpForm => ({
  kind: 'withdrawal',
  asset: offered.assets[0]?.value ?? '',
  amount: '1',
  vault: offered.vaults[0]?.value ?? '',
  client: '',
  class: 'client-wallet',
  listedDays: '30',
  firstUse: false,
  eur: '',
  risk: 'low',
  standing: 'good',
  shortfall: '',
  spent: '',
  at: now.slice(0, 16),
});

const wholeDays = /^\d{1,5}$/;

/** False where a withdrawal's destination is listed for something that is no number of days. */
export const isWholeDays = ({ kind, listedDays }: MadeUpForm): boolean =>
  kind !== 'withdrawal' || wholeDays.test(listedDays);

/** What the server takes; a field that means nothing for the kind is left out there. */
export function madeUpOf(form: MadeUpForm): MadeUp {
  return {
    kind: form.kind,
    asset: form.asset === '' ? null : form.asset,
    amount: form.amount,
    vault: form.vault === '' ? null : form.vault,
    client: form.client.trim() === '' ? null : form.client.trim(),
    destination: {
      class: form.class,
      listedDays: wholeDays.test(form.listedDays) ? Number(form.listedDays) : 0,
      firstUse: form.firstUse,
    },
    eur: form.eur,
    risk: form.risk === '' ? null : (form.risk as NonNullable<MadeUp['risk']>),
    standing: form.standing === '' ? null : (form.standing as NonNullable<MadeUp['standing']>),
    shortfall: form.shortfall,
    spent: form.spent,
    at: /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(form.at) ? `${form.at}:00.000Z` : form.at,
  };
}

const named = (names: Readonly<Record<string, string>>) =>
  Object.entries(names).map(([value, name]) => ({ value, label: capitalised(name) }));
const notSaid = { value: '', label: 'Not known' };

const KEY_KINDS: readonly string[] = [
  'key-ceremony',
  'key-refresh',
  'key-repair',
  'key-backup',
  'proof-of-control',
];

/** Only what means something for the kind is asked. */
export function MadeUpFields({
  form,
  offered,
  onChange,
}: {
  form: MadeUpForm;
  offered: Offered;
  onChange: (change: Partial<MadeUpForm>) => void;
}) {
  const isWithdrawal = form.kind === 'withdrawal';
  const isTransfer = form.kind === 'vault-transfer';
  const isAbout = isWithdrawal || form.kind === 'destination-listing';
  const hasVault = isWithdrawal || isTransfer || KEY_KINDS.includes(form.kind);
  return (
    <div className="grid gap-4 medium:grid-cols-2">
      <SelectField
        label="Kind"
        options={kindChoices}
        value={form.kind}
        onChange={(event) => onChange({ kind: event.target.value as MadeUp['kind'] })}
      />
      {(isAbout || isTransfer) && (
        <SelectField
          label="Asset"
          options={offered.assets}
          value={form.asset}
          onChange={(event) => onChange({ asset: event.target.value })}
        />
      )}
      {(isWithdrawal || isTransfer) && (
        <AmountField
          label="Amount"
          asset={form.asset}
          value={form.amount}
          onChange={(amount) => onChange({ amount })}
        />
      )}
      {(isWithdrawal || isTransfer) && (
        <AmountField
          label="Missing against the books (may stay empty)"
          hint="Empty takes the newest word of the sources, where there is one."
          asset={form.asset}
          value={form.shortfall}
          onChange={(shortfall) => onChange({ shortfall })}
        />
      )}
      {hasVault && (
        <SelectField
          label="Vault"
          options={[{ value: '', label: 'None of those on record' }, ...offered.vaults]}
          value={form.vault}
          onChange={(event) => onChange({ vault: event.target.value })}
        />
      )}
      {isAbout && (
        <>
          <TextField
            label="Client (may stay empty)"
            hint="Such as C-20418."
            maxLength={12}
            value={form.client}
            onChange={(event) => onChange({ client: event.target.value })}
          />
          <SelectField
            label="Destination"
            hint="Whose address it is."
            options={named(classNames)}
            value={form.class}
            onChange={(event) => onChange({ class: event.target.value as MadeUpForm['class'] })}
          />
        </>
      )}
      {isWithdrawal && (
        <>
          <TextField
            label="Listed for"
            inputMode="numeric"
            maxLength={5}
            unit="days"
            value={form.listedDays}
            onChange={(event) => onChange({ listedDays: event.target.value.trim() })}
          />
          <AmountField
            label="Had left before (may stay empty)"
            hint="In each window of time that a rule looks at."
            asset={form.asset}
            value={form.spent}
            onChange={(spent) => onChange({ spent })}
          />
          <AmountField
            label="Worth (may stay empty)"
            hint="Empty takes the newest price of the sources, where there is one."
            asset="EUR"
            value={form.eur}
            onChange={(eur) => onChange({ eur })}
          />
          <div className="self-center">
            <CheckField
              label="The destination was never paid before"
              checked={form.firstUse}
              onChange={(event) => onChange({ firstUse: event.target.checked })}
            />
          </div>
        </>
      )}
      {isAbout && (
        <>
          <SelectField
            label="Risk of the address"
            options={[notSaid, ...named(riskNames)]}
            value={form.risk}
            onChange={(event) => onChange({ risk: event.target.value })}
          />
          <SelectField
            label="Standing of the client"
            options={[notSaid, ...named(standingNames)]}
            value={form.standing}
            onChange={(event) => onChange({ standing: event.target.value })}
          />
        </>
      )}
      <TextField
        label="Time, in UTC"
        type="datetime-local"
        value={form.at}
        onChange={(event) => onChange({ at: event.target.value })}
      />
    </div>
  );
}
