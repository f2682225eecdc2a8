"use client";

import type { UseQueryResult } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { SkeletonRows } from "../ui/skeleton";
import { ErrorNotice } from "./error-notice";

export type LoadedProps<Data> = {
  query: Pick<UseQueryResult<Data>, "data" | "error" | "refetch">;
  /** Rows of the skeleton. */
  rows?: number;
  /** Of the error, where it stands inside a card. */
  className?: string;
  children: (data: Data) => ReactNode;
};

/** A skeleton, then the data; a failure with a way to try again. What was loaded once stays when a later look fails. */
export function Loaded<Data>({ query: { data, error, refetch }, rows, className, children }: LoadedProps<Data>) {
  const t = useTranslations("common");
  if (data !== undefined) return children(data);
  if (error) return <ErrorNotice error={error} onRetry={() => void refetch()} className={className} />;
  return <SkeletonRows rows={rows} label={t("loading")} />;
}
