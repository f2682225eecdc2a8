"use client";

import { createContext, type ReactNode, useContext, useMemo } from "react";
import type { Permission, Role } from "@/lib/tenancy/contract";
import type { Grants } from "@/lib/tenancy/grants/contract";

export type CurrentTenant = {
  slug: string;
  name: string;
  role: Role;
  /** Hides what the server would refuse; the server decides all the same. */
  can: (permission: Permission) => boolean;
  /** What the person may change; `null`: all that the role includes. */
  grants: Grants | null;
  /** `href("receivers")` → `/meridian/receivers` */
  href: (path?: string) => string;
  /** `endpoint("changes")` → `/api/meridian/changes` */
  endpoint: (path?: string) => string;
};

const TenantContext = createContext<CurrentTenant | null>(null);

export type TenantProviderProps = {
  slug: string;
  name: string;
  role: Role;
  /** What the role may do, as the server reckons it. */
  permissions: readonly Permission[];
  grants?: Grants | null;
  children: ReactNode;
};

export function TenantProvider({ slug, name, role, permissions, grants = null, children }: TenantProviderProps) {
  const tenant = useMemo<CurrentTenant>(
    () => ({
      slug,
      name,
      role,
      can: (permission) => permissions.includes(permission),
      grants,
      href: (path = "") => (path ? `/${slug}/${path}` : `/${slug}`),
      endpoint: (path = "") => (path ? `/api/${slug}/${path}` : `/api/${slug}`),
    }),
    [slug, name, role, permissions, grants],
  );
  return <TenantContext.Provider value={tenant}>{children}</TenantContext.Provider>;
}

/** The tenant of the page. Only below app/[tenant]/layout.tsx. */
export function useTenant(): CurrentTenant {
  const tenant = useContext(TenantContext);
  if (!tenant) throw new Error("useTenant needs a TenantProvider above it");
  return tenant;
}
