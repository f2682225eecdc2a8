import type { LookupAddress } from "node:dns";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { isLoopback } from "./forwarded";

/** Whether the operator wants nothing that is said to another machine to be said in clear. */
export const requiresTls = (): boolean => env().REQUIRE_TLS === "yes";

/** @throws AppError `outbound_refused` for what would be read on its way, or told to whoever shows any certificate */
export function demandTls(url: URL, addresses: readonly LookupAddress[], insecure = false): void {
  const spoken = url.protocol === "https:" && !insecure;
  if (spoken || !requiresTls() || addresses.every(({ address }) => isLoopback(address))) return;
  throw new AppError("outbound_refused", `REQUIRE_TLS is set, and ${url.host} would be called ${wordsFor(insecure)}.`, {
    host: url.hostname,
  });
}

const wordsFor = (insecure: boolean) => (insecure ? "without looking at its certificate" : "without TLS");
