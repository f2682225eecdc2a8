const YEAR = 60 * 60 * 24 * 365;

/**
 * Language and time zone are cookies and not state, because the server renders with them. `Reflect.set`, for
 * `cookieStore` is missing over plain http.
 */
export function rememberChoice(name: string, value: string): void {
  Reflect.set(document, "cookie", `${name}=${encodeURIComponent(value)}; path=/; max-age=${YEAR}; samesite=lax`);
}
