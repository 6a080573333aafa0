/** The raw value of a cookie of a request; null where there is none. */
export function cookieValue(request: Request, name: string): string | null {
  for (const part of request.headers.get('Cookie')?.split(';') ?? []) {
    const at = part.indexOf('=');
    if (at > 0 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim();
  }
  return null;
}
