import { z } from "zod";
import type { Transaction } from "@/lib/database";
import { openText, sealText } from "@/lib/secrets";
import type { Replica } from "./adapters/alertmanager/replica";

/** As it lies in the database: what a person may see, and the rest sealed for this replica alone. */
const storedAuthSchema = z.discriminatedUnion("type", [
  z.object({ type: z.literal("none") }),
  z.object({ type: z.literal("basic"), username: z.string(), sealed: z.base64() }),
  z.object({ type: z.literal("bearer"), sealed: z.base64() }),
]);
const tlsSchema = z.object({ ca: z.string().optional(), serverName: z.string().optional() });

const purposeOf = (replicaId: string) => `target credentials|${replicaId}`;

export async function sealAuth(
  tx: Transaction,
  tenantId: string,
  replicaId: string,
  auth: Replica["auth"],
): Promise<object> {
  if (auth.type === "none") return auth;
  const value = auth.type === "basic" ? auth.password : auth.token;
  const sealed = (await sealText(tx, tenantId, purposeOf(replicaId), value)).toString("base64");
  return auth.type === "basic" ? { type: "basic", username: auth.username, sealed } : { type: "bearer", sealed };
}

export async function openAuth(
  tx: Transaction,
  tenantId: string,
  replicaId: string,
  stored: unknown,
): Promise<Replica["auth"]> {
  const auth = storedAuthSchema.parse(stored);
  if (auth.type === "none") return auth;
  const value = await openText(tx, tenantId, purposeOf(replicaId), Buffer.from(auth.sealed, "base64"));
  return auth.type === "basic"
    ? { type: "basic", username: auth.username, password: value }
    : { type: "bearer", token: value };
}

export function tlsOf(stored: unknown): Replica["tls"] {
  return stored === null ? undefined : tlsSchema.parse(stored);
}
