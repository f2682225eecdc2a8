import { parseArgs } from "node:util";
import {
  listKeys,
  raiseMinimumKey,
  rewrapKeys,
  rotateDataKey,
  rotateKeys,
  sealAgain,
  verifyAllKeys,
} from "@/lib/operations";
import { allTenants } from "@/lib/tenancy";
import { withRunningDatabase } from "./open-database";

const HELP = `usage: signalbox keys list [--json]
       signalbox keys status [--json]
       signalbox keys rotate [--tenant SLUG]
       signalbox keys rewrap
       signalbox keys reseal
       signalbox keys minimum VERSION
       signalbox keys verify

The keys that wrap tenants' data keys, and those data keys.

  list       the keyring: who keeps each key, how often it was used, how many data keys it wraps
  status     how far replacing keys has come: data keys to rewrap, and replaced data keys that seal something still, seal
             nothing any more, or are destroyed; ends with 1 where a key cannot be used
  rotate     make the next key, which wraps what is new (KEY_PROVIDER says who keeps it); then rewrap.
             With --tenant: the next version of that tenant's data key; then reseal
  rewrap     wrap every data key anew that an older key wraps. Nobody waits meanwhile; it may be killed and run again
  reseal     seal again under tenants' newest data keys what replaced ones sealed, and destroy those that seal nothing any
             more (ten minutes after). The server does it by itself; it may be killed and run again
  minimum    refuse keys older than VERSION; only when none of them wraps anything any more
  verify     open every data key and every sealed secret; says which do not open, and ends with 1 then

A new key file lies beside the first one (master.key.2): back it up before you rewrap. With replicas, or where the folder
cannot be written, put it there yourself on each: openssl rand -base64 32.
`;

/** As an operator: who may read the database's password is one. */
const OPERATOR = { personId: "system", isOperator: true, requestId: "cli" };

export async function run(argv: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: argv,
    allowPositionals: true,
    options: { json: { type: "boolean" }, tenant: { type: "string" }, help: { type: "boolean" } },
  });
  const [verb = "", version, ...more] = positionals;
  const work = Object.hasOwn(VERBS, verb) ? VERBS[verb] : undefined;
  if (values.help || !work || more.length > 0 || (version !== undefined) !== (verb === "minimum")) {
    process.stdout.write(HELP);
    return values.help ? 0 : 2;
  }
  return withRunningDatabase(() => work({ json: values.json ?? false, tenant: values.tenant, version }));
}

interface Asked {
  json: boolean;
  tenant: string | undefined;
  version: string | undefined;
}

const VERBS: Record<string, (asked: Asked) => Promise<number>> = {
  ...{ list, status, rotate, rewrap, reseal, minimum, verify },
};

async function list({ json }: Asked): Promise<number> {
  const keyring = await listKeys();
  if (json) {
    process.stdout.write(`${JSON.stringify(keyring)}\n`);
    return 0;
  }
  const rows = keyring.keys.map((key) => [
    String(key.version),
    key.state,
    key.provider,
    key.algorithm,
    String(key.dataKeys),
    String(key.uses),
    key.createdAt,
    key.ok ? key.keyId : `${key.keyId}: ${key.detail}`,
  ]);
  print([["VERSION", "STATE", "PROVIDER", "ALGORITHM", "DATA KEYS", "USES", "MADE", "KEY"], ...rows]);
  const { total, rewrapped } = keyring.dataKeys;
  process.stderr.write(`${rewrapped} of ${total} data keys are wrapped by the primary key.\n`);
  return keyring.keys.every(({ ok }) => ok) ? 0 : 1;
}

async function status({ json }: Asked): Promise<number> {
  const { keys, minimumVersion, dataKeys, rotation } = await listKeys();
  const { total, rewrapped, replaced } = dataKeys;
  const broken = keys.filter(({ ok }) => !ok).map(({ version }) => version);
  const answer = { primary: keys[0]?.version ?? 0, minimumVersion, total, rewrapped, replaced, rotation, broken };
  if (json) process.stdout.write(`${JSON.stringify(answer)}\n`);
  else {
    const days = (given: number) => (given > 0 ? `after ${given} days` : "by hand");
    print([
      ["newest key", String(answer.primary)],
      ["minimum version", String(minimumVersion)],
      ["keys are replaced", days(rotation.keys)],
      ["data keys", `${total}, ${rewrapped} wrapped by the newest key`],
      ["data keys are replaced", days(rotation.dataKeys)],
      [
        "replaced data keys",
        `${replaced.sealing} seal something still, ${replaced.unused} seal nothing, ${replaced.destroyed} destroyed`,
      ],
      ["cannot be used", broken.length > 0 ? broken.map((version) => `key ${version}`).join(", ") : "none"],
    ]);
  }
  return broken.length > 0 ? 1 : 0;
}

function print(rows: readonly string[][]): void {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  for (const row of rows)
    process.stdout.write(
      `${row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd()}\n`,
    );
}

async function rotate({ tenant }: Asked): Promise<number> {
  if (tenant === undefined) {
    await rotateKeys(OPERATOR);
    const [primary] = (await listKeys()).keys;
    process.stdout.write(`Key ${primary?.version} (${primary?.provider}) wraps what is new.\n`);
    return 0;
  }
  const found = (await allTenants()).find(({ slug }) => slug === tenant);
  if (!found) throw new Error(`There is no tenant called ${tenant}.`);
  await rotateDataKey(OPERATOR, found.id);
  process.stdout.write(`${tenant} has a new data key.\n`);
  return 0;
}

async function rewrap(): Promise<number> {
  const { rewrapped, left } = await rewrapKeys(OPERATOR);
  process.stdout.write(`${rewrapped} data keys were wrapped anew, ${left} are left.\n`);
  return left === 0 ? 0 : 1;
}

async function reseal(): Promise<number> {
  const { resealed, destroyed, left } = await sealAgain(OPERATOR);
  process.stdout.write(`${resealed} values were sealed again, ${destroyed} data keys destroyed, ${left} are left.\n`);
  return 0;
}

async function minimum({ version }: Asked): Promise<number> {
  if (!/^[1-9]\d{0,8}$/.test(version ?? ""))
    throw new Error("VERSION is a whole number, as `signalbox keys list` shows.");
  await raiseMinimumKey(OPERATOR, Number(version));
  process.stdout.write(`Keys older than ${version} are refused.\n`);
  return 0;
}

async function verify(): Promise<number> {
  const { tried, failed } = await verifyAllKeys(OPERATOR);
  for (const { tenantId, version, reason } of failed) process.stdout.write(`${tenantId} ${version}: ${reason}\n`);
  process.stdout.write(`${tried} tried, ${failed.length} do not open.\n`);
  return failed.length === 0 ? 0 : 1;
}
