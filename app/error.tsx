"use client";

import { useTranslations } from "next-intl";
import { buttonVariants } from "@/components/ui/button-variants";
import { EmptyState } from "@/components/ui/empty-state";

/** Every page loads this before it can fail, so it does with little. */
export default function ErrorPage({ error, retry }: { error: Error & { digest?: string }; retry: () => void }) {
  const t = useTranslations("common");
  return (
    <main id="main" className="grid min-h-[60dvh] place-items-center" role="alert">
      <EmptyState
        title={<h1>{t("failed.title")}</h1>}
        actions={
          <button type="button" className={buttonVariants({ variant: "primary" })} onClick={retry}>
            {t("retry")}
          </button>
        }
      >
        <p>{t("failed.text")}</p>
        {error.digest ? (
          <p className="mt-2">
            {t("requestId")} <code>{error.digest}</code>
          </p>
        ) : null}
      </EmptyState>
    </main>
  );
}
