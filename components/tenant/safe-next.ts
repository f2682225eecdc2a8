/** Only a path of this site; `//host` and `/\host` would lead away, also when `/.//host` only becomes that. */
export function safeNext(value: string | string[] | undefined): string {
  const next = Array.isArray(value) ? value[0] : value;
  if (!next?.startsWith("/") || /^\/[/\\]/.test(next)) return "/";
  try {
    const url = new URL(next, "http://here.invalid");
    const here = url.origin === "http://here.invalid" && !url.pathname.startsWith("//");
    return here ? url.pathname + url.search + url.hash : "/";
  } catch {
    return "/";
  }
}
