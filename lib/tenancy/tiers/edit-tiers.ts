import type { Prisma } from "@/lib/database";
import { withPlatform } from "@/lib/database";
import { AppError } from "@/lib/errors";
import { type CommandOptions, parseInput } from "../command";
import { recordOnPlatform } from "../platform-log";
import { editTierSchema, TIERS, type TierDto, tierDtoSchema, tierNameSchema } from "./contract";
import { forgetPlans } from "./plan-of";
import type { ActingOperator } from "./tenant-life";

/** From the smallest to the largest. */
export async function listTiers(): Promise<TierDto[]> {
  const rows = await withPlatform((tx) => tx.tier.findMany());
  return rows.map((row) => tierDtoSchema.parse(row)).sort((a, b) => TIERS.indexOf(a.name) - TIERS.indexOf(b.name));
}

/** Takes hold for all tenants of the tier within seconds. What a tenant has beyond a lowered limit stays, and may only shrink. */
export async function editTier(
  operator: ActingOperator,
  given: { name: string },
  { expectedVersion }: CommandOptions = {},
): Promise<TierDto> {
  if (!operator.isOperator) throw new AppError("forbidden", "Only operators of this installation may do this.");
  const name = parseInput(tierNameSchema, given.name);
  const next = parseInput(editTierSchema, given);
  const before = await withPlatform(async (tx) => {
    const row = tierDtoSchema.parse(await tx.tier.findUniqueOrThrow({ where: { name } }));
    const { version } = row;
    if (expectedVersion !== undefined && expectedVersion !== version) throw stale(version);
    const data = {
      quotas: next.quotas as Prisma.InputJsonValue,
      features: next.features,
      isolation: next.isolation,
      version: version + 1,
    };
    const { count } = await tx.tier.updateMany({ where: { name, version }, data });
    if (count === 0) throw stale(version + 1);
    return row;
  });
  forgetPlans();
  const after = { name, ...next, version: before.version + 1 };
  const { personId: actor, requestId } = operator;
  await recordOnPlatform("TierChanged", { tier: name, before, after }, { actor, requestId });
  return after;
}

function stale(current: number): AppError {
  return new AppError("stale_version", "Somebody else changed this tier meanwhile.", { current });
}
