import { useRouter } from "next/navigation";
import { LOCALE_COOKIE, overHttps } from "../messages/namespaces";

export const THEMES = ["system", "light", "dark"] as const;
/** Each language in its own words, so that a lost reader finds theirs. */
export const LANGUAGE_NAMES = { en: "English", fr: "Français", de: "Deutsch" } as const;

const YEAR = 60 * 60 * 24 * 365;

/**
 * Language and time zone are cookies and not state, because the server renders with them. `Reflect.set`, for
 * `cookieStore` is missing over plain http.
 */
export function rememberChoice(name: string, value: string): void {
  Reflect.set(document, "cookie", choiceCookie(name, value, window.location.protocol === "https:"));
}

/** No right hangs on a choice, and pages read it, so a script sets it. */
export function choiceCookie(name: string, value: string, encrypted: boolean): string {
  const pair = `${encrypted ? overHttps(name) : name}=${encodeURIComponent(value)}`;
  return `${pair}; path=/; max-age=${YEAR}; samesite=lax${encrypted ? "; secure" : ""}`;
}

export function useLanguage(): (locale: string) => void {
  const router = useRouter();
  return (locale) => {
    rememberChoice(LOCALE_COOKIE, locale);
    router.refresh();
  };
}
