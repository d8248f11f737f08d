import { expect, it } from 'vitest';
import { formValues } from './form-values.ts';

it('one field gives a text, several of a name give a list, and files give nothing', () => {
  const form = new FormData();
  form.append('client', 'C-1001');
  form.append('contents', 'a');
  form.append('contents', 'b');
  form.append('file', new Blob(['x']));
  expect(formValues(form)).toEqual({ client: 'C-1001', contents: ['a', 'b'] });
});
