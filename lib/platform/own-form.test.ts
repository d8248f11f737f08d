import { describe, expect, it } from 'vitest';
import { bareGet, ownForm } from './own-form.ts';

const origin = 'https://console.example';
const address = `${origin}/api/auth/callback/passkey?callbackUrl=https://elsewhere.example`;
const form = 'application/x-www-form-urlencoded;charset=UTF-8';

const post = (headers: Record<string, string>, body = 'ticket=a&json=true') =>
  ownForm(new Request(address, { method: 'POST', headers, body }), origin);
const statusOf = async (answer: Promise<Request | Response>) => {
  const given = await answer;
  return given instanceof Response ? given.status : 'passed on';
};

describe('a form for next-auth', () => {
  it('is passed on as it came, without what stood behind the address', async () => {
    const passed = await post({ origin, 'content-type': form });
    if (passed instanceof Response) throw new Error('It was refused.');
    expect(passed.nextUrl.search).toBe('');
    expect(await passed.text()).toBe('ticket=a&json=true');
  });

  it.each([
    ['of another origin', { origin: 'https://elsewhere.example', 'content-type': form }, 403],
    ['of no origin', { 'content-type': form }, 403],
    ['of another type', { origin, 'content-type': 'application/json' }, 415],
  ])('%s is refused', async (_what, headers, status) => {
    expect(await statusOf(post(headers as Record<string, string>))).toBe(status);
  });

  it('that is too long is refused without being read to its end', async () => {
    let pulled = 0;
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        pulled += 1;
        controller.enqueue(new Uint8Array(1024).fill(97));
        if (pulled === 1_000) controller.close();
      },
    });
    const headers = { origin, 'content-type': form };
    // A stream is sent while it is read; the types of the platform leave the word out.
    const options = { method: 'POST', headers, body, duplex: 'half' };
    const request = new Request(address, options);
    expect(await statusOf(ownForm(request, origin))).toBe(413);
    expect(pulled).toBeLessThan(10);
  });
});

it('a question for next-auth keeps nothing of what stood behind the address', () => {
  expect(bareGet(new Request(`${origin}/api/auth/csrf?error=x`)).nextUrl.search).toBe('');
});
