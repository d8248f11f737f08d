'use client';

import { useState } from 'react';
import { risks } from '#lib/privacy/breaches/life.ts';
import {
  changes,
  crowds,
  dataKinds,
  disclosures,
  findRisk,
  likelihoods,
  outages,
  recognitions,
  type RiskFactors,
} from '#lib/privacy/breaches/risk.ts';
import { SelectField, TextAreaField } from '../../ui/field.tsx';

const scales = [
  { name: 'data', label: 'Worst kind of data', of: dataKinds },
  { name: 'recognition', label: 'How easily somebody is recognised', of: recognitions },
  { name: 'disclosure', label: 'Who saw or got it', of: disclosures },
  { name: 'change', label: 'What was changed', of: changes },
  { name: 'outage', label: 'What could not be reached', of: outages },
  { name: 'crowd', label: 'How many persons', of: crowds },
  { name: 'likelihood', label: 'How likely harm is', of: likelihoods },
] as const;
const flags = [
  { name: 'isMalicious', label: 'Was it done on purpose?' },
  { name: 'isVulnerable', label: 'Are there children, or others who need more protection?' },
  { name: 'isUnintelligible', label: 'Is it encrypted, and no key got out?' },
] as const;

/** As bad as it may be where nothing is known yet: nobody is cleared by a form that was not filled in. */
const unknown: RiskFactors = {
  data: 'sensitive',
  recognition: 'maximum',
  disclosure: 'unknown',
  change: 'none',
  outage: 'none',
  crowd: 'few',
  isMalicious: false,
  isVulnerable: false,
  isUnintelligible: false,
  likelihood: 'possible',
};

/** The factors of the risk, with what the rule says of them as they are chosen. */
export function AssessFields({ before }: { before: RiskFactors | null }) {
  const [factors, setFactors] = useState<RiskFactors>(before ?? unknown);
  const [risk, setRisk] = useState('');
  const found = findRisk(factors);
  const set = (name: string, value: unknown) => setFactors((old) => ({ ...old, [name]: value }));
  return (
    <>
      {scales.map(({ name, label, of }) => (
        <SelectField
          key={name}
          label={label}
          name={name}
          value={factors[name]}
          onChange={(event) => set(name, event.target.value)}
          options={Object.entries(of).map(([value, step]) => ({ value, label: step.name }))}
        />
      ))}
      {flags.map(({ name, label }) => (
        <SelectField
          key={name}
          label={label}
          name={name}
          value={factors[name] ? 'yes' : 'no'}
          onChange={(event) => set(name, event.target.value === 'yes')}
          options={[
            { value: 'no', label: 'No' },
            { value: 'yes', label: 'Yes' },
          ]}
        />
      ))}
      <div aria-live="polite" className="rounded-md border border-line p-3 text-sm">
        <p className="font-medium">By the rule: {risks[found.risk]}.</p>
        <ul className="mt-1 list-disc space-y-0.5 ps-5 text-text-quiet">
          {found.reasons.map((reason) => (
            <li key={reason}>{reason}</li>
          ))}
        </ul>
      </div>
      <SelectField
        label="Decided"
        name="risk"
        value={risk}
        onChange={(event) => setRisk(event.target.value)}
        hint="You may decide otherwise than the rule, with reasons."
        options={[
          { value: '', label: 'As the rule has it' },
          ...Object.entries(risks).map(([value, label]) => ({ value, label })),
        ]}
      />
      <TextAreaField
        label="Reasons"
        name="reasons"
        hint={
          risk === '' || risk === found.risk
            ? 'What speaks for these factors. They may be left out where the rule stands.'
            : 'Why you decide otherwise than the rule.'
        }
        rows={4}
        maxLength={8000}
      />
    </>
  );
}
