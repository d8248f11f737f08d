import { monthsLater } from '#lib/incidents/days.ts';
import {
  articles,
  grounds,
  heldCategories,
  monthsBetweenReviews,
} from '#lib/privacy/retention/holds/life.ts';
import { schedule } from '#lib/privacy/retention/schedule.ts';
import { openHoldAction } from '#lib/privacy/retention-actions.ts';
import { ActDialog } from '../../clients/act-dialog.tsx';
import { optionsOf } from '../../clients/complaint-form.tsx';
import { SelectField, TextAreaField, TextField } from '../../ui/field.tsx';
import { holdsPath } from './retention-address.ts';

/** Opens a hold on whatever a claim, an order or an investigation needs. */
export function OpenHold({ today }: { today: string }) {
  return (
    <ActDialog
      act={openHoldAction}
      label="Open a hold"
      title="Keep something for a claim, an order or an investigation"
      tone="primary"
      done="Open the hold"
      goTo={holdsPath}
    >
      <SelectField
        label="What it rests on"
        name="ground"
        placeholder="Choose the ground"
        options={Object.entries(grounds).map(([value, { name }]) => ({ value, label: name }))}
      />
      <SelectField
        label="Article"
        name="article"
        placeholder="Choose the article"
        options={optionsOf(articles)}
      />
      <TextAreaField
        label="People"
        name="person"
        rows={2}
        maxLength={4000}
        hint="Ids such as ps-abcdefghijklmnop, one a line. Leave empty what it does not cover."
      />
      <TextField
        label="Clients"
        name="client"
        look="mono"
        maxLength={4000}
        hint="Their numbers; it covers everybody behind them."
      />
      <SelectField
        label="Category of records"
        name="category"
        options={[
          { value: '', label: 'None' },
          ...heldCategories.map((code) => ({ value: code, label: `All: ${schedule[code].name}` })),
        ]}
        defaultValue=""
      />
      <TextField
        label="Records"
        name="record"
        look="mono"
        maxLength={4000}
        placeholder="DSR-2026-000001"
        hint="Numbers of requests, breaches and holds. It covers the person a request is about, too."
      />
      <TextField
        label="Look at it again by"
        name="reviewOn"
        type="date"
        min={today}
        max={monthsLater(today, monthsBetweenReviews)}
        defaultValue={monthsLater(today, 6)}
        hint="Within twelve months."
      />
      <TextAreaField
        label="Reasons"
        name="reasons"
        rows={4}
        maxLength={8000}
        hint="Sealed under a key of this hold. Name the matter, who asked and since when."
      />
    </ActDialog>
  );
}
