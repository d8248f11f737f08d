/** A body that was read already, as the form that it is; null where it is none. */
export async function formOfBody(request: Request, bytes: Uint8Array): Promise<FormData | null> {
  try {
    const type = request.headers.get('content-type') ?? '';
    return await new Response(new Uint8Array(bytes), {
      headers: { 'content-type': type },
    }).formData();
  } catch {
    return null;
  }
}
