import { z } from "zod";
import type { Prisma, PrismaClient } from "../generated/client";
import { DIRECTORY_TABLES } from "./tables";

type Transaction = Prisma.TransactionClient;

const modelsSchema = z.object({
  models: z.record(
    z.string(),
    z.object({ dbName: z.string().nullish(), fields: z.array(z.object({ dbName: z.string().nullish() })) }),
  ),
});

let known: ReadonlySet<string> | undefined;

/** The models, as properties of a client, whose rows stay in the main database. */
export function directoryModels(client: PrismaClient): ReadonlySet<string> {
  if (known) return known;
  const { models } = modelsSchema.parse({ models: Reflect.get(Reflect.get(client, "_runtimeDataModel"), "models") });
  const staying = Object.entries(models).filter(
    ([name, { dbName, fields }]) =>
      DIRECTORY_TABLES.includes(dbName ?? name) || !fields.some((field) => field.dbName === "tenant_id"),
  );
  known = new Set(staying.map(([name]) => `${name.charAt(0).toLowerCase()}${name.slice(1)}`));
  return known;
}

const directories = new WeakMap<object, Transaction>();

/** Sees the directory: the transaction itself, or the one on the main database beside it. */
export function directoryOf(tx: Transaction): Transaction {
  return directories.get(tx) ?? tx;
}

/** A transaction of a tenant's own database whose models of the directory are those of the main one. SQL goes to the tenant's own. */
export function besideDirectory(own: Transaction, directory: Transaction, models: ReadonlySet<string>): Transaction {
  const both = new Proxy(own, {
    get: (target, key) => Reflect.get(typeof key === "string" && models.has(key) ? directory : target, key),
  });
  directories.set(both, directory);
  return both;
}
