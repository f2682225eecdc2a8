import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { z } from "zod";
import { AppError } from "@/lib/errors";

const Passwords = z.object({ superuser: z.string(), owner: z.string(), app: z.string() });
export type Passwords = z.infer<typeof Passwords>;

/** Reads the passwords of the three roles, or makes them when there is no cluster yet. The file is for its owner only. */
export function readPasswords(file: string, clusterExists: boolean): Passwords {
  if (existsSync(file)) return Passwords.parse(JSON.parse(readFileSync(file, "utf8")));
  if (clusterExists)
    throw new AppError("not_ready", `${file} is missing. Put it back: the database wants its passwords.`);
  const password = () => randomBytes(24).toString("base64url");
  const made = { superuser: password(), owner: password(), app: password() };
  // Renamed into place, so that a kill in between leaves no half of it.
  writeFileSync(`${file}.new`, `${JSON.stringify(made, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
  return made;
}
