/** Only a path of this site; `//host` and `/\host` would lead away. */
export function safeNext(value: string | string[] | undefined): string {
  const next = Array.isArray(value) ? value[0] : value;
  if (!next?.startsWith("/") || /^\/[/\\]/.test(next)) return "/";
  try {
    const url = new URL(next, "http://here.invalid");
    return url.origin === "http://here.invalid" ? url.pathname + url.search + url.hash : "/";
  } catch {
    return "/";
  }
}
