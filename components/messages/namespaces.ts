export const LOCALES = ["en", "fr", "de"] as const;
export type Locale = (typeof LOCALES)[number];
export const DEFAULT_LOCALE: Locale = "en";
export const LOCALE_COOKIE = "locale";
/** Written by the browser, so that the server prints times as the reader's clock shows them. */
export const TIME_ZONE_COOKIE = "timezone";
/** What such a cookie is called over https, where no neighbour below the same domain can set it. */
export const overHttps = (name: string): string => `__Host-${name}`;

/** One file per namespace and language. A new file must be listed here; a test says so when it is forgotten. */
export const NAMESPACES = [
  "account",
  "alerts",
  "audit",
  "auth",
  "behaviour",
  "changes",
  "common",
  "diagnostics",
  "editor",
  "errors",
  "fields",
  "inhibit-rules",
  "keys",
  "looks",
  "notices",
  "people",
  "plan",
  "platform",
  "preview",
  "privacy",
  "receivers",
  "review",
  "revisions",
  "routes",
  "second-factor",
  "settings",
  "sign-in",
  "targets",
  "templates",
  "tenant",
  "test-sends",
  "tester",
  "time-intervals",
  "tokens",
] as const;

export function isLocale(value: string | undefined): value is Locale {
  return LOCALES.some((locale) => locale === value);
}
