import { expect, it } from 'vitest';
import { formOfBody } from './form-of-body.ts';

const address = 'https://console.example/api';

it('a form with a file comes out as it went in: name, kind and bytes', async () => {
  const form = new FormData();
  const bytes = new Uint8Array([0, 255, 13, 10, 45, 45]);
  form.set('seen', '7');
  form.set('file', new File([bytes], 'Grüße.txt', { type: 'text/plain' }));
  const sent = new Request(address, { method: 'POST', body: form });
  const read = await formOfBody(sent.clone(), new Uint8Array(await sent.arrayBuffer()));
  const file = read?.get('file');
  expect(read?.get('seen')).toBe('7');
  if (!(file instanceof File)) throw new Error('The file is missing.');
  expect([file.name, file.type]).toEqual(['Grüße.txt', 'text/plain']);
  expect(new Uint8Array(await file.arrayBuffer())).toEqual(bytes);
});

it('what is no form is none, whatever it says that it is', async () => {
  for (const type of ['text/plain', 'multipart/form-data', 'multipart/form-data; boundary=b'])
    expect(
      await formOfBody(
        new Request(address, { method: 'POST', headers: { 'content-type': type } }),
        new Uint8Array([1, 2, 3]),
      ),
    ).toBeNull();
});
