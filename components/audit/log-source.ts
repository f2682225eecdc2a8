import { useMemo } from "react";
import { useTenant } from "../http/tenant-context";

/** Whose log is looked at. */
export interface LogSource {
  key: readonly string[];
  /** `endpoint("?limit=5")`, `endpoint("/proof?position=1")` */
  endpoint: (rest?: string) => string;
  /** Where a path below the tenant leads; the installation has no such pages. */
  href: ((path: string) => string) | null;
  /** Goes into the names of files. */
  name: string;
}

export function useTenantLog(): LogSource {
  const { slug, endpoint, href } = useTenant();
  return useMemo(
    () => ({
      key: ["tenant", slug, "audit"],
      endpoint: (rest = "") => endpoint(`audit${rest}`),
      href,
      name: slug,
    }),
    [slug, endpoint, href],
  );
}

export const INSTALLATION_LOG: LogSource = {
  key: ["platform", "audit"],
  endpoint: (rest = "") => `/api/platform/audit${rest}`,
  href: null,
  name: "installation",
};
