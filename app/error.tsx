"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

export default function ErrorPage({ error, retry }: { error: Error & { digest?: string }; retry: () => void }) {
  const t = useTranslations("common");
  return (
    <main id="main" className="grid min-h-[60dvh] place-items-center" role="alert">
      <EmptyState
        title={<h1>{t("failed.title")}</h1>}
        actions={
          <Button variant="primary" onClick={retry}>
            {t("retry")}
          </Button>
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
