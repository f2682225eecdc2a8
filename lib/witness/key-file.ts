import { closeSync, fsyncSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { z } from "zod";
import { newSigningKey, signerOf } from "@/lib/audit";
import { ED25519_COSIGNATURE, MLDSA44_COSIGNATURE, type NoteSigner } from "@/lib/audit/proofs/contract";
import { AppError } from "@/lib/errors";

/** Both: logs that know Ed25519 alone, and those that want what no quantum computer forges. */
const TYPES = [ED25519_COSIGNATURE, MLDSA44_COSIGNATURE] as const;

const keyFileSchema = z.strictObject({ name: z.string(), keys: z.record(z.string(), z.base64()) });

/** The witness's keys out of a file of mode 0600, which is made with a name when it is not there. */
export function readSigners(file: string, name: string | undefined): NoteSigner[] {
  const text = readIfThere(file) ?? makeKeyFile(file, name);
  const parsed = keyFileSchema.parse(JSON.parse(text));
  if (name !== undefined && name !== parsed.name) {
    throw new AppError("conflict", `The keys of ${file} are those of ${parsed.name}.`);
  }
  return TYPES.flatMap((type) => {
    const key = parsed.keys[String(type)];
    return key ? [signerOf(parsed.name, type, Buffer.from(key, "base64"))] : [];
  });
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

function makeKeyFile(file: string, name: string | undefined): string {
  if (!name) throw new AppError("invalid_input", `${file} is not there; with --name it is made.`);
  const keys = Object.fromEntries(TYPES.map((type) => [type, newSigningKey(type).toString("base64")]));
  for (const type of TYPES) signerOf(name, type, Buffer.from(keys[type] ?? "", "base64"));
  const text = `${JSON.stringify({ name, keys })}\n`;
  const handle = openSync(file, "wx", 0o600);
  try {
    writeFileSync(handle, text);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  return text;
}
