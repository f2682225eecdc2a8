const HELP = `usage: signalbox audit <verb> [arguments]

  verify               recompute the audit logs of the installation
  verify --file FILE   judge an export, without a database
  export --tenant SLUG the log with all its proofs, as JSON in lines
  checkpoint           what a log is now, signed
  keys                 the keys by which the logs are signed: what a witness and an auditor need
  renew-keys           replace those keys; the old ones announce the new ones

Each verb explains itself with --help. A tenant called \`platform\` is the installation's own log.
`;

const VERBS: Record<string, () => Promise<{ run(argv: string[]): Promise<number> }>> = {
  verify: () => import("./audit-verify"),
  export: () => import("./audit-logs"),
  checkpoint: () => import("./audit-logs"),
  keys: () => import("./audit-logs"),
  "renew-keys": () => import("./audit-logs"),
};

export async function run([verb = "--help", ...rest]: string[]): Promise<number> {
  const load = Object.hasOwn(VERBS, verb) ? VERBS[verb] : undefined;
  if (!load) {
    process.stdout.write(HELP);
    return verb === "--help" ? 0 : 2;
  }
  return (await load()).run([verb, ...rest]);
}
