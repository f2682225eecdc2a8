import type { z } from "zod";
import { type Transaction, withDirectory, withTenant } from "@/lib/database";
import { authorise } from "./authorise";
import { parseInput } from "./command";
import type { TenantContext } from "./context";
import type { Permission } from "./contract";
import { measured } from "./measured";

export interface QueryDefinition<Schema extends z.ZodType> {
  /** For metrics and the record of a refusal; default: the permission. */
  name?: string;
  permission: Permission;
  /** Reads the directory (members, how they sign in …) and not the data of the tenant. */
  directory?: true;
  input: Schema;
}

/** The only reader of projections. */
export function query<Schema extends z.ZodType, Result>(
  { permission, name = `query ${permission}`, directory, input: schema }: QueryDefinition<Schema>,
  handler: (tx: Transaction, input: z.output<Schema>, ctx: TenantContext) => Promise<Result>,
): (ctx: TenantContext, input: z.input<Schema>) => Promise<Result> {
  return (ctx, given) =>
    measured(name, async () => {
      await authorise(ctx, permission, name);
      const input = parseInput(schema, given);
      return (directory ? withDirectory : withTenant)(ctx.tenantId, (tx) => handler(tx, input, ctx));
    });
}
