"use client";

import { useTranslations } from "next-intl";
import { useCallback } from "react";
import type { Checked } from "./check-all";

/** Why an expectation fails, in the reader's language. */
export function useReasonText(): (failure: NonNullable<Checked["failure"]>) => string {
  const t = useTranslations("tester.reasons");
  return useCallback(
    ({ reason: { code, params }, receivers }) => t(code, { ...params, got: receivers.join(", ") }),
    [t],
  );
}
