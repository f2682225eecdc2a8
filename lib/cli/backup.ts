import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import {
  keyId,
  newIdentity,
  parseRecipient,
  printIdentity,
  printRecipient,
  recipientOf,
  takeBackup,
} from "@/lib/backup";
import { withOwnersDatabase } from "./open-database";

const HELP = `usage: signalbox backup keygen FILE
       signalbox backup --to FILE --recipient KEY

\`keygen\` writes a new identity to FILE, which opens backups, and prints its public key. Do it where backups are opened, keep FILE
offline and in two places, and give this installation the public key alone.

A backup is everything in the database, as it was at one moment, for the holder of that identity only: tenants at every isolation
level, their logs, and secrets with the keys that open them. Neither key file nor HSM is needed to restore it. The app may run
meanwhile. FILE must not be there yet.

  --recipient KEY   the public key, or a file with it

Encryption is hybrid: X25519 and ML-KEM-768 together, AES-256-GCM in chunks. \`signalbox restore\` brings a backup back.
`;

export async function run(argv: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: argv,
    allowPositionals: true,
    options: { to: { type: "string" }, recipient: { type: "string" }, help: { type: "boolean" } },
  });
  const [verb, file, ...more] = positionals;
  if (verb === "keygen" && file && more.length === 0 && !values.help) return keygen(file);
  const { to, recipient: key } = values;
  if (!to || !key || positionals.length > 0 || values.help) {
    process.stdout.write(HELP);
    return values.help ? 0 : 2;
  }
  const recipient = parseRecipient(existsSync(key) ? readFileSync(key, "utf8") : key);
  const taken = await withOwnersDatabase("shared", (ownerUrl) => takeBackup({ ownerUrl, file: to, recipient }));
  const { rows, tables, places, bytes } = taken;
  process.stdout.write(
    `${to}: ${rows} rows of ${tables} tables, ${places} tenants apart, ${bytes} bytes, for the key ${keyId(recipient)}\n`,
  );
  return 0;
}

function keygen(file: string): number {
  const identity = newIdentity();
  writeFileSync(file, printIdentity(identity), { mode: 0o600, flag: "wx" });
  process.stdout.write(`${printRecipient(recipientOf(identity))}\n`);
  process.stderr.write(
    `${file} opens what is encrypted for this key. Keep it offline: without it no backup can be opened.\n`,
  );
  return 0;
}
