/** Folders of app/(platform)/platform; their names are keys of `platform.sections`. The first is where /platform leads. */
export const PLATFORM_SECTIONS = [
  "tenants",
  "usage",
  "tiers",
  "targets",
  "sign-in-domains",
  "health",
  "audit",
  "keys",
  "personal-data",
  "default-templates",
] as const;
