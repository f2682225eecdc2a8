"use client";

import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { AppError, type ErrorCode } from "@/lib/errors";

const LEADS_TO: Partial<Record<ErrorCode, string>> = {
  unauthenticated: "/sign-in",
  second_factor_required: "/second-factor",
};

/** A session that ended elsewhere leads to the sign-in page, one that waits for a second factor to that; and back to the same place. */
function leaveWhenSignedOut(error: unknown) {
  const page = error instanceof AppError ? LEADS_TO[error.code] : undefined;
  if (!page || Object.values(LEADS_TO).some((path) => window.location.pathname.startsWith(path))) return;
  const here = window.location.pathname + window.location.search;
  window.location.assign(`${page}?next=${encodeURIComponent(here)}`);
}

function isWorthRetrying(failures: number, error: unknown): boolean {
  if (error instanceof AppError && error.status < 500) return false;
  return failures < 2;
}

export function QueryProvider({ children }: { children: ReactNode }) {
  const [client] = useState(
    () =>
      new QueryClient({
        queryCache: new QueryCache({ onError: leaveWhenSignedOut }),
        mutationCache: new MutationCache({ onError: leaveWhenSignedOut }),
        defaultOptions: { queries: { staleTime: 5_000, retry: isWorthRetrying }, mutations: { retry: false } },
      }),
  );
  return <QueryClientProvider client={client}>{children}</QueryClientProvider>;
}
