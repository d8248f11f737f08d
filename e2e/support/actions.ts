/** Server actions as they go over the wire, to be sent again with something changed. */
import type { APIRequestContext, APIResponse, Page, Request } from '@playwright/test';

export type SentAction = { url: string; id: string; type: string; state: string; body: string };

export const isAction = (request: Request): boolean =>
  request.method() === 'POST' && 'next-action' in request.headers();

function sentAction(request: Request): SentAction {
  const headers = request.headers();
  return {
    url: request.url(),
    id: headers['next-action'] ?? '',
    type: headers['content-type'] ?? '',
    state: headers['next-router-state-tree'] ?? '',
    body: request.postData() ?? '',
  };
}

/** The first action that a page sends while `act` runs. */
export async function captureAction(page: Page, act: () => Promise<void>): Promise<SentAction> {
  const [request] = await Promise.all([page.waitForRequest(isAction), act()]);
  return sentAction(request);
}

/**
 * Sends an action by hand. `origin` null leaves the header out.
 * @returns the answer as it came
 */
export function sendAction(
  requests: APIRequestContext,
  { url, id, type, state, body }: SentAction,
  origin: string | null,
): Promise<APIResponse> {
  return requests.post(url, {
    headers: {
      'next-action': id,
      'content-type': type,
      'next-router-state-tree': state,
      accept: 'text/x-component',
      ...(origin === null ? {} : { origin }),
    },
    data: body,
    maxRedirects: 0,
    failOnStatusCode: false,
  });
}

/** Code of the refusal in an action's answer, or null when it holds none. */
export async function refusalIn(answer: APIResponse): Promise<string | null> {
  const text = await answer.text();
  return /"ok":false,"refusal":\{"code":"([a-z-]+)"/.exec(text)?.[1] ?? null;
}

/** Whether the answer says that it was done. */
export const wasDone = async (answer: APIResponse): Promise<boolean> =>
  (await answer.text()).includes('"ok":true');
