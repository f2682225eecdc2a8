import { z } from "zod";
import { onPlatform } from "@/lib/database";
import { AppError } from "@/lib/errors";
import { beginErasure, hashOf } from "./erase-person";

const hex = z.string().regex(/^[0-9a-f]+$/);
const tombstoneSchema = z.object({ salt: hex, hash: hex });
type Tombstone = z.infer<typeof tombstoneSchema>;

/** Who was erased, or is being, as nobody can read but whoever has their id: to be kept apart from backups. */
export async function tombstones(): Promise<Tombstone[]> {
  const rows = await onPlatform((tx) =>
    tx.erasure.findMany({ orderBy: { requestedAt: "asc" }, select: { salt: true, hash: true } }),
  );
  return rows.map(({ salt, hash }) => ({
    salt: Buffer.from(salt).toString("hex"),
    hash: Buffer.from(hash).toString("hex"),
  }));
}

/** Erases once more whom a backup brought back. `lines`: tombstones as JSON, one a line. Returns the erasures that were begun. */
export async function eraseAgain(lines: string): Promise<string[]> {
  const known = lines
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map(parse);
  const people = await onPlatform((tx) => tx.person.findMany({ select: { id: true } }));
  const back = people.filter(({ id }) =>
    known.some(({ salt, hash }) => hashOf(Buffer.from(salt, "hex"), id).toString("hex") === hash),
  );
  const begun: string[] = [];
  for (const { id } of back) begun.push(await beginErasure({ personId: id, by: "system", requestId: "erase-again" }));
  return begun;
}

function parse(line: string, index: number): Tombstone {
  try {
    return tombstoneSchema.parse(JSON.parse(line));
  } catch (cause) {
    throw new AppError("invalid_input", `Line ${index + 1} is no tombstone.`, {}, { cause });
  }
}
