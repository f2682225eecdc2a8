#!/usr/bin/env node
interface Command {
  run(argv: string[]): Promise<number>;
}

// Loaded when called: `batch` has to answer long before the database client would have been read.
const COMMANDS: Record<string, { says: string; load(): Promise<Command> }> = {
  start: { says: "run the app: its own PostgreSQL unless DATABASE_URL is set", load: () => import("./start") },
  check: { says: "what is wrong with a configuration", load: () => import("./check") },
  render: { says: "print a configuration anew", load: () => import("./render") },
  diff: { says: "what changes from one configuration to another", load: () => import("./diff") },
  import: { says: "what the app would take over of a configuration", load: () => import("./import") },
  template: {
    says: "print what a template becomes: `signalbox template render`",
    load: () => import("./template"),
  },
  preview: { says: "print what a receiver would send about alerts", load: () => import("./preview") },
  routes: {
    says: "the receivers of an alert and why: `signalbox routes test`",
    load: () => import("./routes-test"),
  },
  test: { says: "hold what is expected of alerts against a configuration", load: () => import("./test") },
  batch: { says: "one JSON request per line, for editors and CI", load: () => import("./batch") },
  ready: { says: "ask the app that runs here whether it can serve", load: () => import("./ready") },
  migrate: { says: "bring the database of MIGRATE_DATABASE_URL up to date", load: () => import("./migrate") },
  bootstrap: { says: "make the first admin of a new installation", load: () => import("./bootstrap") },
  "reset-password": {
    says: "a one-time sign-in link for who lost their password",
    load: () => import("./reset-password"),
  },
  "reset-factors": {
    says: "take away the second factors of who lost theirs",
    load: () => import("./reset-factors"),
  },
  tenant: { says: "move a tenant to another isolation level: `signalbox tenant move`", load: () => import("./tenant") },
  keys: { says: "the keyring: list, rotate, rewrap, refuse old keys, verify", load: () => import("./keys") },
  backup: {
    says: "encrypt all of it for a key that is kept elsewhere: `signalbox backup --to FILE`",
    load: () => import("./backup"),
  },
  restore: { says: "bring a backup back into an empty installation", load: () => import("./restore") },
  person: { says: "export or erase a person: `signalbox person export`", load: () => import("./person") },
  processing: { says: "print the record of processing", load: () => import("./processing") },
  audit: { says: "verify, export and sign the audit logs: `signalbox audit verify`", load: () => import("./audit") },
  witness: { says: "cosign audit logs that only grow, and find those that do not", load: () => import("./witness") },
};

function help(): string {
  const width = Math.max(...Object.keys(COMMANDS).map((name) => name.length));
  const lines = Object.entries(COMMANDS).map(([name, { says }]) => `  ${name.padEnd(width)}  ${says}`);
  return `usage: signalbox <command> [arguments]\n\n${lines.join("\n")}\n\nEach command explains itself with --help.\n`;
}

export async function main([name = "help", ...argv]: string[]): Promise<number> {
  if (["help", "--help", "-h"].includes(name)) {
    process.stdout.write(help());
    return 0;
  }
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!command) {
    process.stderr.write(`There is no command ${JSON.stringify(name)}.\n\n${help()}`);
    return 2;
  }
  return (await command.load()).run(argv);
}

// npm brings Node 24 for most platforms; where it cannot, the system's own is used.
function requireNode(): void {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major > 24 || (major === 24 && minor >= 7)) return;
  throw new Error(`Node 24.7 or newer is needed, and this is ${process.versions.node}. \`npm run\` brings it along.`);
}

try {
  requireNode();
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`signalbox: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
