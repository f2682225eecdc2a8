import { setTimeout as delay } from "node:timers/promises";
import { parseArgs } from "node:util";
import { allTenants, readIsolation, requestMove } from "@/lib/tenancy";
import { ISOLATION_LEVELS } from "@/lib/tenancy/tiers/contract";
import { withRunningDatabase } from "./open-database";

const HELP = `usage: signalbox tenant move SLUG LEVEL [--no-wait]

Moves a tenant, while it is used, to another isolation level: ${ISOLATION_LEVELS.join(", ")}.
The maintenance worker of \`signalbox start\` does it, as the database's owner; this asks for it and waits for the end.
`;

/** As an operator: who may read the database's password is one. */
const OPERATOR = { personId: "system", isOperator: true, requestId: "cli" };

export async function run(argv: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: argv,
    allowPositionals: true,
    options: { "no-wait": { type: "boolean" }, help: { type: "boolean" } },
  });
  const [verb, slug, level] = positionals;
  if (values.help || verb !== "move" || !slug || !level || positionals.length > 3) {
    process.stdout.write(HELP);
    return values.help ? 0 : 2;
  }
  return withRunningDatabase(async () => {
    const tenant = (await allTenants()).find((candidate) => candidate.slug === slug);
    if (!tenant) throw new Error(`There is no tenant called ${slug}.`);
    await requestMove(OPERATOR, { tenantId: tenant.id, level });
    if (values["no-wait"]) return 0;
    return untilMoved(tenant.id, slug);
  });
}

async function untilMoved(tenantId: string, slug: string): Promise<number> {
  for (let said = ""; ; await delay(500)) {
    const [move] = (await readIsolation(OPERATOR, { tenantId })).moves;
    if (!move) return 1;
    if (move.state !== said) process.stderr.write(`${move.state}\n`);
    said = move.state;
    if (move.state === "failed") throw new Error(move.error ?? "The move failed.");
    if (move.state !== "switched" && move.state !== "done") continue;
    const { rows = 0, pauseMs = 0 } = move.progress;
    process.stdout.write(`${slug} is at ${move.wanted}: ${rows} rows verified, writers waited ${pauseMs} ms\n`);
    return 0;
  }
}
