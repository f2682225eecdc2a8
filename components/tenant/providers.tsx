"use client";

import { ThemeProvider } from "next-themes";
import { NuqsAdapter } from "nuqs/adapters/next/app";
import { type ReactNode, useEffect } from "react";
import { QueryProvider } from "../http/query-provider";
import { StepUpOpener } from "../http/step-up-opener";
import { TIME_ZONE_COOKIE } from "../messages/namespaces";
import { ToastProvider } from "../ui/toast";
import { rememberChoice } from "./preferences";

declare global {
  // Read by react-remove-scroll (inside Radix dialogs) for the one <style> that it injects.
  var __webpack_nonce__: string | undefined;
}

export function Providers({ nonce, children }: { nonce: string; children: ReactNode }) {
  if (typeof window !== "undefined") globalThis.__webpack_nonce__ = nonce;
  useEffect(() => {
    rememberChoice(TIME_ZONE_COOKIE, Intl.DateTimeFormat().resolvedOptions().timeZone);
  }, []);
  return (
    <ThemeProvider attribute="data-theme" defaultTheme="system" enableColorScheme={false} nonce={nonce}>
      <NuqsAdapter>
        <QueryProvider>
          <ToastProvider>{children}</ToastProvider>
          <StepUpOpener />
        </QueryProvider>
      </NuqsAdapter>
    </ThemeProvider>
  );
}
