import type { Permission } from "@/lib/tenancy/contract";

/** Folders of app/[tenant]/settings; their names are keys of `settings.sections`. The first is where /settings leads. */
export const SETTINGS_SECTIONS = [
  { name: "members", permission: "members:view" },
  { name: "review", permission: "configuration:view" },
  { name: "history", permission: "configuration:view" },
  { name: "sign-in", permission: "tenant:settings" },
  { name: "second-factor", permission: "tenant:settings" },
  { name: "tokens", permission: "tokens:own" },
  { name: "access", permission: "audit:view" },
  { name: "plan", permission: "configuration:view" },
] as const satisfies readonly { name: string; permission: Permission }[];
