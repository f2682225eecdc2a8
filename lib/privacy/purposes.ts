/** What the words of the annotations mean, for the record of processing. */
export const CATEGORIES = {
  contact: "Contact: e-mail address, user name in the tenant's directory",
  identity: "Identity: name, ids and claims that a sign-in service or directory gives",
  credential: "Credentials: hashes and sealed secrets with which somebody signs in",
  device: "Device and network: browser, network address",
  access: "Access: roles, limits, groups, choices",
  activity: "Activity: when somebody did what",
  content: "Content: words that somebody wrote",
} as const;

export const PURPOSES = {
  "sign-in": {
    what: "Letting people sign in",
    recipients: "The sign-in service that an operator or a tenant's admin set up",
  },
  collaboration: { what: "Working together on a configuration", recipients: "Members of the same tenant" },
  provisioning: { what: "Following a tenant's own directory (SCIM)", recipients: "The tenant's directory, its admins" },
  notification: {
    what: "Telling people what waits for them",
    recipients: "The mail server of SMTP_URL; the address of the tenant's notice webhook",
  },
  security: {
    what: "Finding and ending abuse of accounts",
    recipients: "The person; operators; admins of their tenants",
  },
  accountability: {
    what: "Proving who changed which alerts reach whom",
    recipients: "Those who may read the tenant's audit log; witnesses get hashes only",
  },
} as const;

export const BASES = {
  contract: "Performance of a contract (art. 6(1)(b))",
  "legitimate-interest": "Legitimate interest: security and accountability (art. 6(1)(f))",
} as const;

export const RETENTIONS = {
  account: "as long as the account exists",
  membership: "as long as the membership exists, or the account",
  tenant: "as long as the tenant exists",
  log: "as long as the tenant's tier keeps its log; personal texts no longer than the account",
  day: "a day at most",
  days: "until delivered, some days at most",
} as const;
