import type { TenantContext } from "../context";
import { publicUrl } from "../sign-in-link";
import { SCIM, type ScimResource, type ScimUserInput } from "./contract";
import { scimFailure } from "./failure";

const LARGEST = 32 * 1024;
/** Ours to say, or nobody's to keep. */
const NOT_KEPT = new Set(["id", "meta", "groups", "password", "schemas", "active"]);
const ADDRESS = /^[^\s@<>"]+@[^\s@<>"]+$/;

/** What of the input is kept: everything else that the directory says, as it says it. */
export function attributesOf(input: ScimUserInput): Record<string, unknown> {
  const kept = Object.entries(input).filter(
    ([key, value]) => !NOT_KEPT.has(key) && value !== null && value !== undefined,
  );
  const attributes = Object.fromEntries(kept);
  if (JSON.stringify(attributes).length > LARGEST) {
    throw scimFailure("invalid_input", "invalidValue", "These are more attributes than are kept of one user.");
  }
  return attributes;
}

/** The address by which people are known here. */
export function addressOf({ userName, emails }: ScimUserInput): string {
  const given = emails?.find(({ primary }) => primary)?.value ?? emails?.[0]?.value ?? userName;
  const address = given.trim().toLowerCase();
  if (address.length <= 254 && ADDRESS.test(address)) return address;
  throw scimFailure("invalid_input", "invalidValue", "A user needs an e-mail address, in emails or as userName.");
}

export function nameOf({ displayName, name, userName }: ScimUserInput): string {
  const parts = [name?.givenName, name?.familyName].filter(Boolean).join(" ");
  return (displayName || name?.formatted || parts || userName).trim().slice(0, 120) || userName;
}

interface Row {
  id: string;
  userName: string;
  active: boolean;
  resource: unknown;
  version: number;
  createdAt: Date;
  updatedAt: Date;
}
export type KnownGroups = readonly { id: string; displayName: string }[];

export function locationOf({ tenantSlug }: Pick<TenantContext, "tenantSlug">, kind: "Users" | "Groups", id: string) {
  return publicUrl(`/api/${tenantSlug}/scim/v2/${kind}/${id}`);
}

export function userResource(ctx: TenantContext, row: Row, groups: KnownGroups): ScimResource & { version: number } {
  const attributes = Object(row.resource) as Record<string, unknown>;
  const extension = Object.hasOwn(attributes, SCIM.enterprise) ? [SCIM.enterprise] : [];
  return {
    schemas: [SCIM.user, ...extension],
    ...attributes,
    id: row.id,
    userName: row.userName,
    active: row.active,
    groups: groups.map(({ id, displayName }) => ({
      value: id,
      display: displayName,
      $ref: locationOf(ctx, "Groups", id),
      type: "direct",
    })),
    meta: metaOf("User", row, locationOf(ctx, "Users", row.id)),
    version: row.version,
  };
}

export function metaOf(
  resourceType: "User" | "Group",
  { createdAt, updatedAt, version }: Pick<Row, "createdAt" | "updatedAt" | "version">,
  location: string,
) {
  return {
    resourceType,
    created: createdAt.toISOString(),
    lastModified: updatedAt.toISOString(),
    location,
    version: `W/"${version}"`,
  };
}
