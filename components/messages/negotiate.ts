import { DEFAULT_LOCALE, isLocale, LOCALE_COOKIE, type Locale, overHttps } from "./namespaces";

/** The cookie is a decision of the reader; `Accept-Language` is only a hint. */
export function negotiateLocale(cookie: string | undefined, acceptLanguage: string | null): Locale {
  if (isLocale(cookie)) return cookie;
  const wishes = (acceptLanguage ?? "")
    .split(",")
    .map((part) => {
      const [tag = "", ...parameters] = part.trim().split(";");
      const q = parameters.map((parameter) => /^\s*q=([\d.]+)$/.exec(parameter)?.[1]).find(Boolean);
      return { language: tag.toLowerCase().split("-")[0], weight: q === undefined ? 1 : Number(q) };
    })
    .filter((wish) => wish.weight > 0)
    .sort((a, b) => b.weight - a.weight);
  for (const { language } of wishes) if (isLocale(language)) return language;
  return DEFAULT_LOCALE;
}

/** The same decision in the browser, for a page that must do without the server's answer. */
export function browserLocale(cookies: string, languages: readonly string[]): Locale {
  const [, chosen] =
    cookies
      .split(/;\s*/)
      .map((cookie) => cookie.split("="))
      .find(([name]) => name === LOCALE_COOKIE || name === overHttps(LOCALE_COOKIE)) ?? [];
  return negotiateLocale(chosen, languages.join(","));
}

/** A cookie can hold anything; only a zone that this program knows is used. */
export function knownTimeZone(value: string | undefined): string {
  if (!value) return "UTC";
  try {
    return new Intl.DateTimeFormat("en", { timeZone: value }).resolvedOptions().timeZone;
  } catch {
    return "UTC";
  }
}
