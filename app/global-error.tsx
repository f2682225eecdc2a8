"use client";

import de from "@/components/messages/de/common.json";
import en from "@/components/messages/en/common.json";
import fr from "@/components/messages/fr/common.json";
import { DEFAULT_LOCALE } from "@/components/messages/namespaces";
import { browserLocale } from "@/components/messages/negotiate";
import { buttonVariants } from "@/components/ui/button-variants";
import { EmptyState } from "@/components/ui/empty-state";
import "./globals.css";

const TEXTS = { en, fr, de };

/** The layout brings the fonts, so the reader's own stand in for them. */
const FONTS = "[--font-geist-mono:ui-monospace] [--font-geist-sans:system-ui]";

type Props = { error: Error & { digest?: string }; retry: () => void };

/** The layout itself failed, and with it the providers: neither `useTranslations` nor a theme is there. */
export default function GlobalError({ error, retry }: Props) {
  const locale =
    typeof window === "undefined" ? DEFAULT_LOCALE : browserLocale(document.cookie, window.navigator.languages);
  const t = TEXTS[locale];
  return (
    <html lang={locale} className={FONTS} suppressHydrationWarning>
      <body>
        <title>{`${t.failed.title} · Signalbox`}</title>
        <main id="main" className="grid min-h-dvh place-items-center" role="alert">
          <EmptyState
            title={<h1>{t.failed.title}</h1>}
            actions={
              // A form, because it still loads the page anew where no script runs.
              <form
                onSubmit={(event) => {
                  event.preventDefault();
                  retry();
                }}
              >
                <button type="submit" className={buttonVariants({ variant: "primary" })}>
                  {t.retry}
                </button>
              </form>
            }
          >
            <p>{t.failed.text}</p>
            {error.digest ? (
              <p className="mt-2">
                {t.requestId} <code>{error.digest}</code>
              </p>
            ) : null}
          </EmptyState>
        </main>
      </body>
    </html>
  );
}
