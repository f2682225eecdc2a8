import { randomUUID } from "node:crypto";
import { append } from "@/lib/audit";
import { type Transaction, withTenant } from "@/lib/database";
import { AppError } from "@/lib/errors";
import { outboundRequest } from "@/lib/resilience";
import { safeFolder } from "./adapters/file/safe-path";
import { claimTargets, releaseTargets } from "./claims";
import { type CreateTarget, createTargetSchema, type OperatorTargetDto, type ReplicaInput } from "./contract";
import { sealAuth } from "./credentials";
import { readInjectedMatchers } from "./injected-matchers";
import type { Operator } from "./operator";
import { findOperatorTarget } from "./operator-targets";
import { allowedRoots } from "./places";
import { insertTarget, type NewReplica, type NewTarget } from "./store";

type Parsed = ReturnType<typeof createTargetSchema.parse>;

/** By an operator of the installation, who alone knows hosts and paths. */
export async function createTarget(operator: Operator, input: CreateTarget): Promise<OperatorTargetDto> {
  const parsed = createTargetSchema.safeParse(input);
  if (!parsed.success)
    throw new AppError("invalid_input", "The target is not described well.", { issues: parsed.error.issues });
  const target = parsed.data;
  const injectedMatchers = readInjectedMatchers(target.injectedMatchers, target.version ?? null);
  const paths = target.kind === "file" ? [target.path] : target.replicas.map(({ configPath }) => configPath);
  for (const path of new Set(paths)) await safeFolder(path, allowedRoots());
  if (target.kind === "alertmanager") await Promise.all(target.replicas.map(({ url }) => refuseForbidden(url)));
  const urls = target.kind === "file" ? [] : target.replicas.map(({ url }) => url);
  await claimTargets(target.tenantId, paths, urls);
  const created = await insert(operator, target, paths, injectedMatchers).catch(async (error: unknown) => {
    await releaseTargets(target.tenantId);
    throw error;
  });
  return findOperatorTarget(created);
}

function insert(
  operator: Operator,
  target: Parsed,
  paths: readonly string[],
  injectedMatchers: string[],
): Promise<string> {
  return withTenant(target.tenantId, async (tx) => {
    const id = await insertTarget(tx, {
      tenantId: target.tenantId,
      name: target.name,
      kind: target.kind,
      mode: Number.parseInt(target.mode, 8),
      group: target.group ?? null,
      version: target.version ?? null,
      injectedMatchers,
      allowTestAlerts: target.kind === "alertmanager" && target.allowTestAlerts,
      createdBy: operator.id,
      places: await placesOf(tx, target),
    });
    const author = { tenantId: target.tenantId, actor: operator.id, requestId: operator.requestId };
    const event = { type: "TargetAdded", data: { name: target.name, kind: target.kind, paths, injectedMatchers } };
    await append(tx, author, { type: "target", id }, 0, [event], new Date());
    return id;
  });
}

/** Told now rather than at the first publication. That nobody answers yet is no reason to refuse. */
async function refuseForbidden(url: string): Promise<void> {
  try {
    await outboundRequest({ purpose: "targets", url, deadlineMs: 2_000 });
  } catch (error) {
    if (!(error instanceof AppError) || error.code === "outbound_refused") throw error;
  }
}

async function placesOf(tx: Transaction, target: Parsed): Promise<NewTarget["places"]> {
  if (target.kind === "file") return [{ path: target.path, replicas: [] }];
  const replicas: { path: string; replica: NewReplica }[] = [];
  for (const [position, replica] of target.replicas.entries())
    replicas.push({ path: replica.configPath, replica: await newReplica(tx, target.tenantId, replica, position) });
  const byPath = Map.groupBy(replicas, ({ path }) => path);
  return [...byPath].map(([path, members]) => ({ path, replicas: members.map(({ replica }) => replica) }));
}

async function newReplica(
  tx: Transaction,
  tenantId: string,
  replica: ReplicaInput,
  position: number,
): Promise<NewReplica> {
  const { url, routePrefix = "", auth, tls } = replica;
  const id = randomUUID();
  return {
    id,
    name: new URL(url).host,
    position,
    url: url.replace(/\/+$/, ""),
    routePrefix: routePrefix.replace(/\/+$/, ""),
    auth: await sealAuth(tx, tenantId, id, auth),
    tls: tls ?? null,
  };
}
