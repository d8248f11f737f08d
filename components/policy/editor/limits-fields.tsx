import type { ReactNode } from 'react';
import { capitalised, kindPlurals } from '#lib/operations/policy-words.ts';
import type { TimedKind } from '#lib/protocol/intent-kinds.ts';
import type { PolicyProblem } from '#lib/operations/policy-problems.ts';
import type { NamableVault } from '#lib/operations/vault-receipts/list-namable-vaults.ts';
import { CheckField, TextField } from '../../ui/field.tsx';
import { FieldError } from '../../ui/field-frame.tsx';
import { SectionHeading } from '../../ui/page-header.tsx';
import type { PolicyForm } from '../form/policy-form.ts';
import { BoundsFields } from './bounds-fields.tsx';
import type { Choice } from './choices.ts';
import { SpanField } from './fields.tsx';
import { OwnVaultsFields } from './own-vaults-fields.tsx';
import type { Edit } from './rule-card.tsx';
import { SourcesFields } from './sources-fields.tsx';

export type LimitsFieldsProps = {
  form: PolicyForm;
  assets: readonly Choice<string>[];
  namable: readonly NamableVault[];
  /** Of fields of the form, by their names. */
  errors: Readonly<Record<string, string>>;
  /** What the server found beside the rules. */
  problems: readonly PolicyProblem[];
  edit: Edit;
};

function Section({
  title,
  hint,
  id,
  problems,
  children,
}: {
  title: string;
  hint: ReactNode;
  id: string;
  problems: readonly PolicyProblem[];
  children: ReactNode;
}) {
  return (
    <section className="mt-8" aria-labelledby={id}>
      <SectionHeading id={id}>{title}</SectionHeading>
      <p className="mb-3 prose-line text-text-quiet">{hint}</p>
      {children}
      {problems.map(({ sentence }) => (
        <FieldError key={sentence} id={`${id}-problem`}>
          {sentence}
        </FieldError>
      ))}
    </section>
  );
}

/** Everything of a policy that stands beside its rules. */
export function LimitsFields(props: LimitsFieldsProps) {
  const { form, assets, namable, errors, problems, edit } = props;
  const of = (...fields: string[]) => problems.filter(({ field }) => fields.includes(field));
  const bounds = { assets, errors };
  return (
    <>
      <Section
        title="Caps"
        id="caps"
        hint="They hold whatever the rules say. An asset without a cap can’t leave."
        problems={of('caps')}
      >
        <BoundsFields
          {...bounds}
          list="caps"
          bounds={form.caps}
          firstLabel="Most in one withdrawal"
          secondLabel="Most in 24 hours (may stay empty)"
          empty="No asset has a cap, so nothing can leave."
          onChange={(caps) => edit((before) => ({ ...before, caps }))}
        />
      </Section>
      <Section
        title="First payment to a destination"
        id="first-use"
        hint="A bound for the first time something is sent to an address."
        problems={of('firstUseCaps')}
      >
        <BoundsFields
          {...bounds}
          list="firstUseCaps"
          bounds={form.firstUseCaps}
          firstLabel="Most in the first payment"
          empty="No bound of its own."
          onChange={(firstUseCaps) => edit((before) => ({ ...before, firstUseCaps }))}
        />
      </Section>
      <Section
        title="Under one key"
        id="keys"
        hint="What may leave under one key in 24 hours until an audit of the signing code is on record here."
        problems={of('keyCaps')}
      >
        <BoundsFields
          {...bounds}
          list="keyCaps"
          bounds={form.keyCaps}
          firstLabel="Most in 24 hours under one key"
          empty="No bound of its own."
          onChange={(keyCaps) => edit((before) => ({ ...before, keyCaps }))}
        />
        <AuditFields form={form} errors={errors} edit={edit} />
      </Section>
      <Section
        title="Waits"
        id="waits"
        hint="Empty means that there is none."
        problems={of('timeLock', 'policy')}
      >
        <WaitFields form={form} errors={errors} edit={edit} />
      </Section>
      <Section
        title="Sources of facts"
        id="sources"
        hint="Whose signed word counts for prices, risk, standing and shortfalls. What is older than its highest age counts for nothing."
        problems={of('sources')}
      >
        <SourcesFields form={form} errors={errors} edit={edit} />
      </Section>
      <Section
        title="Own vaults"
        id="own-vaults"
        hint="Vaults that transfers may go to from parties that hold no share of them, such as into cold from the others. Naming one is a loosening."
        problems={of('ownVaults')}
      >
        <OwnVaultsFields form={form} namable={namable} edit={edit} />
      </Section>
      <Lifetimes form={form} errors={errors} edit={edit} />
    </>
  );
}

type Part = Pick<LimitsFieldsProps, 'form' | 'errors' | 'edit'>;

function AuditFields({ form: { audit }, errors, edit }: Part) {
  return (
    <div className="mt-4 space-y-3">
      <CheckField
        label="An external audit of the signing code is finished"
        hint="The bound under one key rests from then on. That is a loosening."
        checked={audit !== null}
        onChange={(event) => {
          const isThere = event.target.checked;
          edit((before) => ({ ...before, audit: isThere ? { digest: '', day: '' } : null }));
        }}
      />
      {audit && (
        <>
          <TextField
            label="SHA-256 of its report"
            look="mono"
            maxLength={64}
            error={errors['audit digest']}
            value={audit.digest}
            onChange={(event) => {
              const digest = event.target.value.trim().toLowerCase();
              edit((before) => ({ ...before, audit: { ...audit, digest } }));
            }}
          />
          <TextField
            label="Finished on"
            type="date"
            error={errors['audit day']}
            value={audit.day}
            onChange={(event) => {
              const day = event.target.value;
              edit((before) => ({ ...before, audit: { ...audit, day } }));
            }}
          />
        </>
      )}
    </div>
  );
}

const WAITS = [
  {
    name: 'timeLock',
    label: 'Time-lock',
    hint: 'How long a change that loosens waits at each party. Any one officer may end it meanwhile.',
  },
  {
    name: 'coolDown',
    label: 'Cool-down of a destination',
    hint: 'How long nothing may be sent to a destination after it was listed.',
  },
  {
    name: 'validity',
    label: 'Certification of a destination',
    hint: 'How long a listing lasts until it is certified again.',
  },
] as const;

function WaitFields({ form, errors, edit }: Part) {
  return (
    <div className="space-y-4">
      {WAITS.map(({ name, label, hint }) => (
        <SpanField
          key={name}
          label={label}
          hint={hint}
          error={errors[name]}
          value={form[name]}
          onChange={(span) => edit((before) => ({ ...before, [name]: span }))}
        />
      ))}
    </div>
  );
}

/** A closed drawer: they are set once and hardly ever again. */
function Lifetimes({ form, errors, edit }: Part) {
  const kinds = Object.keys(form.lifetimes) as TimedKind[];
  const hasError = Object.keys(errors).some((field) => /^(?:cold )?lifetime\b/u.test(field));
  return (
    <details className="group mt-8" open={hasError || undefined}>
      <summary className="flex min-h-8 items-center gap-2 text-sm font-strong">
        <svg
          width="10"
          height="10"
          viewBox="0 0 10 10"
          aria-hidden="true"
          className="transition-transform group-open:rotate-90"
        >
          <path d="m3 1 4 4-4 4" fill="none" stroke="currentColor" strokeWidth="1.5" />
        </svg>
        How long statements count
      </summary>
      <p className="mb-3 prose-line text-text-quiet">
        By what they are about. Statements about a stop count however old they are. Left empty,
        those about withdrawals from cold vaults count as long as about any other.
      </p>
      <ul className="space-y-3">
        {kinds.map((kind) => (
          <Lifetime
            key={kind}
            about={kindPlurals[kind]}
            error={errors[`lifetime ${kind}`]}
            value={form.lifetimes[kind]}
            onChange={(span) =>
              edit((before) => ({
                ...before,
                lifetimes: { ...before.lifetimes, [kind]: span },
              }))
            }
          />
        ))}
        <Lifetime
          about="withdrawals from cold vaults"
          error={errors['cold lifetime']}
          value={form.coldWithdrawal}
          onChange={(span) => edit((before) => ({ ...before, coldWithdrawal: span }))}
        />
      </ul>
    </details>
  );
}

function Lifetime({
  about,
  ...field
}: { about: string } & Omit<Parameters<typeof SpanField>[0], 'label' | 'hideLabel'>) {
  return (
    <li className="grid items-start gap-x-4 gap-y-1 medium:grid-cols-[12rem_minmax(0,1fr)]">
      <span className="pt-2">{capitalised(about)}</span>
      <SpanField label={`Statements about ${about} count for`} hideLabel {...field} />
    </li>
  );
}
