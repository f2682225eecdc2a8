"use client";

import { useTranslations } from "next-intl";
import { useCallback } from "react";
import { AppError } from "@/lib/errors";

export type ErrorText = { title: string; detail?: string; requestId?: string };

/** The reader's language by code; the server's own words (English) as detail, for they name what was refused. */
export function useErrorText(): (error: unknown) => ErrorText {
  const t = useTranslations("errors");
  return useCallback(
    (error: unknown) => {
      if (!(error instanceof AppError)) return { title: t("internal") };
      if (error.details.network === true) return { title: t("network") };
      const { requestId } = error.details;
      return {
        title: t(error.code),
        ...(error.message && error.code !== "internal" ? { detail: error.message } : {}),
        ...(error.code === "internal" && typeof requestId === "string" ? { requestId } : {}),
      };
    },
    [t],
  );
}
