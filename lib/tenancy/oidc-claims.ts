import { z } from "zod";
import { AppError } from "@/lib/errors";
import { roleSchema } from "./contract";

const grantSchema = z.object({ tenant: z.string().min(1), role: roleSchema });
const mappingSchema = z.object({
  claim: z.string().min(1),
  map: z.record(z.string(), z.union([z.array(grantSchema), grantSchema.transform((grant) => [grant])])),
  /** Values of the claim that make somebody an operator of the installation. */
  operators: z.array(z.string()).optional(),
});
export type ClaimMapping = z.infer<typeof mappingSchema>;
export type Grant = z.infer<typeof grantSchema>;

/** OIDC_ROLE_MAP, such as `{"claim":"groups","map":{"sre":{"tenant":"demo","role":"admin"}}}`; one value may map to several. */
export function parseClaimMapping(text: string | undefined): ClaimMapping | null {
  if (text === undefined) return null;
  const parsed = mappingSchema.safeParse(fromJson(text));
  if (parsed.success) return parsed.data;
  const [first] = parsed.error.issues;
  throw new AppError("not_ready", `OIDC_ROLE_MAP: ${first?.path.join(".") || "it"}: ${first?.message}`);
}

function fromJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new AppError("not_ready", "OIDC_ROLE_MAP is not JSON.", {}, { cause });
  }
}

/** A claim of that name, be there dots in it or not; else what the dots lead to, as in Keycloak's `realm_access.roles`. */
function claimAt(claims: Readonly<Record<string, unknown>>, name: string): unknown {
  if (Object.hasOwn(claims, name)) return claims[name];
  return name.split(".").reduce<unknown>((holder, key) => {
    if (typeof holder !== "object" || holder === null || !Object.hasOwn(holder, key)) return undefined;
    return Reflect.get(holder, key);
  }, claims);
}

/** The texts in a claim, which may be one or a list. */
export function claimValues(claims: Readonly<Record<string, unknown>>, name: string): string[] {
  const claim = claimAt(claims, name);
  return (Array.isArray(claim) ? claim : [claim]).filter((value): value is string => typeof value === "string");
}

const ORDER = roleSchema.options;

/** What the claims give: per tenant the strongest role of all values. `operator` is null where the mapping does not decide it. */
export function grantsFromClaims(
  mapping: ClaimMapping,
  claims: Readonly<Record<string, unknown>>,
): { grants: Map<string, Grant["role"]>; operator: boolean | null } {
  const values = claimValues(claims, mapping.claim);
  const grants = new Map<string, Grant["role"]>();
  for (const value of values) {
    const mapped = Object.hasOwn(mapping.map, value) ? mapping.map[value]! : [];
    for (const { tenant, role } of mapped) {
      const known = grants.get(tenant);
      if (!known || ORDER.indexOf(role) > ORDER.indexOf(known)) grants.set(tenant, role);
    }
  }
  const { operators } = mapping;
  return { grants, operator: operators ? values.some((value) => operators.includes(value)) : null };
}
