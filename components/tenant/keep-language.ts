"use client";

import { useLocale } from "next-intl";
import { useEffect } from "react";
import { api } from "../http";
import { rememberChoice } from "./preferences";

const KEPT_COOKIE = "language-kept";

/** The server learns in which language somebody reads, for its mails; told once for each browser, person and language. */
export function useKeptLanguage(personId: string): void {
  const language = useLocale();
  useEffect(() => {
    const told = `${language}.${personId}`;
    if (document.cookie.split("; ").some((cookie) => cookie.endsWith(`${KEPT_COOKIE}=${told}`))) return;
    api("/api/me/language", { method: "PUT", body: { language } }).then(
      () => rememberChoice(KEPT_COOKIE, told),
      // Nothing that somebody reads depends on it; the next page tries again.
      () => undefined,
    );
  }, [language, personId]);
}
