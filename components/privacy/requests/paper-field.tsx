import { isElectronicRequest, paperReasons } from '#lib/privacy/requests/on-paper.ts';
import type { RequestView } from '#lib/privacy/requests/view-request.ts';
import { optionsOf } from '../../clients/complaint-form.tsx';
import { SelectField } from '../../ui/field.tsx';

/** Why an answer to an electronic request went on paper; nothing where it was asked for on paper. */
export const PaperField = ({ opening }: Pick<RequestView['standing'], 'opening'>) =>
  isElectronicRequest(opening) && (
    <SelectField
      label="By post or handed over: why"
      name="onPaper"
      defaultValue=""
      hint="It was asked for electronically, so it is answered so unless there is a reason (Art 12(3), 15(3))."
      options={[{ value: '', label: 'It was sent electronically' }, ...optionsOf(paperReasons)]}
    />
  );
