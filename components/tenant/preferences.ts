import { useRouter } from "next/navigation";
import { LOCALE_COOKIE } from "../messages/namespaces";

export const THEMES = ["system", "light", "dark"] as const;
/** Each language in its own words, so that a lost reader finds theirs. */
export const LANGUAGE_NAMES = { en: "English", fr: "Français", de: "Deutsch" } as const;

const YEAR = 60 * 60 * 24 * 365;

/**
 * Language and time zone are cookies and not state, because the server renders with them. `Reflect.set`, for
 * `cookieStore` is missing over plain http.
 */
export function rememberChoice(name: string, value: string): void {
  Reflect.set(document, "cookie", `${name}=${encodeURIComponent(value)}; path=/; max-age=${YEAR}; samesite=lax`);
}

export function useLanguage(): (locale: string) => void {
  const router = useRouter();
  return (locale) => {
    rememberChoice(LOCALE_COOKIE, locale);
    router.refresh();
  };
}
