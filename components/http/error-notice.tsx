"use client";

import { useTranslations } from "next-intl";
import { Button } from "../ui/button";
import { Notice } from "../ui/severity";
import { useErrorText } from "./error-text";

/** A failure in the reader's words, the server's words below, and a way to try again. */
export function ErrorNotice({
  error,
  onRetry,
  className,
}: {
  error: unknown;
  onRetry?: () => void;
  className?: string;
}) {
  const t = useTranslations("common");
  const { title, detail, requestId } = useErrorText()(error);
  return (
    <Notice
      level="critical"
      role="alert"
      title={title}
      className={className}
      actions={
        onRetry ? (
          <Button size="sm" onClick={onRetry}>
            {t("retry")}
          </Button>
        ) : undefined
      }
    >
      {detail ? <p>{detail}</p> : null}
      {requestId ? (
        <p className="text-12 text-muted">
          {t("requestId")} <code>{requestId}</code>
        </p>
      ) : null}
    </Notice>
  );
}
