/** Pages of one's own account; their names are keys of `account.sections`. */
export const ACCOUNT_SECTIONS = [
  { name: "profile", href: "/account" },
  { name: "sessions", href: "/account/sessions" },
  { name: "second-factor", href: "/account/second-factor" },
  { name: "tokens", href: "/account/tokens" },
  { name: "data", href: "/account/data" },
] as const;
