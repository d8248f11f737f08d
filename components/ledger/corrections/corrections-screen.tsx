import Form from 'next/form';
import type {
  CorrectionFilter,
  CorrectionsView,
} from '#lib/reconciliation/corrections/list-corrections.ts';
import { LiveRefresh } from '../../live/live-refresh.tsx';
import { countOf } from '../../operations/counts.ts';
import { KeysSwitch } from '../../operations/keys-switch.tsx';
import { ListFoot } from '../../operations/list-foot.tsx';
import { Pager } from '../../operations/pager.tsx';
import { Button } from '../../ui/button.tsx';
import { SelectField } from '../../ui/field.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { standingWords } from './correction-words.ts';
import { CorrectionsTable } from './corrections-table.tsx';

const base = '/ledger/corrections';

/** Address of a page of corrections under a filter. @param after cursor; null for the first page. */
function addressOf({ state }: CorrectionFilter, after: string | null): string {
  const query = new URLSearchParams();
  if (state !== 'all') query.set('state', state);
  if (after !== null) query.set('after', after);
  const text = query.toString();
  return text === '' ? base : `${base}?${text}`;
}

function stateText(waiting: number): string {
  if (waiting === 0) return 'None waits for a second person.';
  return waiting === 1 ? 'One waits for a second person.' : `${waiting} wait for a second person.`;
}

/** Every correction of the books that was raised, newest first. */
export function CorrectionsScreen({ view }: { view: CorrectionsView }) {
  const { filter, rows, next, waiting, mayRaise } = view;
  const isFirst = filter.after === null;
  return (
    <>
      <PageHeader
        crumbs={[{ label: 'Ledger', href: '/ledger' }, { label: 'Corrections' }]}
        title="Corrections"
        state={`One person raises a correction of the books and another approves it, each with a key. ${stateText(waiting)}`}
        action={mayRaise && <LinkButton href={`${base}/new`}>Raise a correction</LinkButton>}
      />
      {isFirst && <LiveRefresh topics={['ledger']} />}
      <StateForm filter={filter} />
      <CorrectionsTable
        label="Corrections"
        rows={rows}
        empty={
          filter.state === 'all'
            ? 'Nobody has corrected the books yet. A correction starts from a journal, a break, or an amount that nobody has claimed.'
            : 'There is none in this state. Choose another above.'
        }
        foot={<ListFoot count={countOf(rows.length, 'correction')} isFirst={isFirst} next={next} />}
        footEnd={<KeysSwitch />}
      />
      <Pager
        first={isFirst ? null : addressOf(filter, null)}
        next={next && addressOf(filter, next)}
        what="corrections"
      />
    </>
  );
}

const states = ['waiting', 'approved', 'declined', 'withdrawn', 'expired'] as const;

/** Which corrections are shown. An ordinary form: its answer is the address of the page. */
function StateForm({ filter }: { filter: CorrectionFilter }) {
  return (
    <search className="screen-only mb-4 block">
      <Form action={base} className="flex flex-wrap items-end gap-x-4 gap-y-3">
        <SelectField
          key={filter.state}
          label="State"
          name="state"
          defaultValue={filter.state}
          options={[
            { value: 'all', label: 'All' },
            ...states.map((value) => ({ value, label: standingWords(value).words })),
          ]}
        />
        <Button type="submit">Show</Button>
      </Form>
    </search>
  );
}
