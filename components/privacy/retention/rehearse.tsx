import { askRehearsalAction } from '#lib/privacy/retention-actions.ts';
import { ActDialog } from '../../clients/act-dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import { runsPath } from './retention-address.ts';

/** Asks what would go on a day. */
export const Rehearse = ({ today }: { today: string }) => (
  <ActDialog
    act={askRehearsalAction}
    label="Rehearse"
    title="What would go on a day"
    tone="primary"
    done="Rehearse it"
    goTo={runsPath}
  >
    <p>It is counted as if it were that day. Nothing goes, and nobody is asked to approve it.</p>
    <TextField label="Day" name="day" type="date" min={today} defaultValue={today} />
  </ActDialog>
);
