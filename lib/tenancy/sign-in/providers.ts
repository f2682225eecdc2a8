import { createHash, createHmac } from "node:crypto";
import { onPlatform, type Transaction, withDirectory, withTenant } from "@/lib/database";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { openText, sealText } from "@/lib/secrets";
import { PLATFORM_LOG } from "../context";
import { roleMapSchema } from "./contract";
import type { ProviderSettings } from "./stream";

/** A tenant's sign-in service that is in use. */
export interface TenantProvider {
  tenantId: string;
  tenantSlug: string;
  id: string;
  name: string;
}

const PREFIX = "oidc-";
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** What next-auth calls the service; it stands in the callback's address. */
export const authProviderId = (id: string) => `${PREFIX}${id}`;

/** The service's id in a name of next-auth's, or `null` when it is another one. */
export function providerIdIn(name: string): string | null {
  const id = name.startsWith(PREFIX) ? name.slice(PREFIX.length) : "";
  return UUID.test(id) ? id : null;
}

/** The same for as long as the tenant lives, so that the callback can be registered before anything is saved here. */
export function providerIdOf(tenantId: string): string {
  const hex = createHash("sha256").update(`sign-in provider\0${tenantId}`).digest("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    "-",
  );
}

type Row = { tenant_id: string; slug: string; provider_id: string; name: string };

async function find({
  id,
  domain,
  slug,
}: {
  id?: string;
  domain?: string;
  slug?: string;
}): Promise<TenantProvider | null> {
  const [row] = await onPlatform(
    (tx) => tx.$queryRaw<Row[]>`
      SELECT tenant_id, slug, provider_id, name
      FROM sign_in_provider_for(${id ?? null}::uuid, ${domain ?? null}, ${slug ?? null})`,
  );
  return row ? { tenantId: row.tenant_id, tenantSlug: row.slug, id: row.provider_id, name: row.name } : null;
}

export const providerById = (id: string) => find({ id });
export const providerOfTenant = (slug: string) => find({ slug });

/** The service that answers for addresses of this domain: of the one tenant that proved the domain. */
export function providerOfAddress(email: string): Promise<TenantProvider | null> {
  return find({ domain: domainOf(email) });
}

export function domainOf(email: string): string {
  return email
    .slice(email.lastIndexOf("@") + 1)
    .trim()
    .toLowerCase();
}

const purpose = (tenantId: string) => `sign-in service|${tenantId}`;

/** Sealed with the installation's key, not the tenant's: it is needed before anybody is in the tenant. */
export function sealClientSecret(tenantId: string, secret: string): Promise<Uint8Array<ArrayBuffer>> {
  return withTenant(PLATFORM_LOG, async (tx) =>
    Buffer.from(await sealText(tx, PLATFORM_LOG, purpose(tenantId), secret)),
  );
}

export function openClientSecret(tenantId: string, sealed: Uint8Array): Promise<string> {
  return withTenant(PLATFORM_LOG, (tx) => openText(tx, PLATFORM_LOG, purpose(tenantId), sealed));
}

/** `null`: none is kept. */
export async function keptClientSecret(tenantId: string): Promise<string | null> {
  const row = await withDirectory(tenantId, (tx) => tx.signInSecret.findUnique({ where: { tenantId } }));
  return row?.sealed ? openClientSecret(tenantId, row.sealed) : null;
}

export type TestedSettings = Pick<ProviderSettings, "issuer" | "clientId" | "scopes" | "roleMap">;

/** Equal for equal settings; keyed, so that it tells nothing of the secret. */
export function settingsDigest({ issuer, clientId, scopes, roleMap }: TestedSettings, secret: string | null): string {
  const map = Object.entries(roleMap.map).sort(([a], [b]) => (a < b ? -1 : 1));
  const text = JSON.stringify([issuer, clientId, scopes, secret, roleMap.claim, map, roleMap.otherwise]);
  return createHmac("sha256", env().NEXTAUTH_SECRET ?? "")
    .update(text)
    .digest("hex");
}

export async function readProvider(
  tx: Transaction,
  tenantId: string,
): Promise<(ProviderSettings & { id: string }) | null> {
  const row = await tx.signInProvider.findUnique({ where: { tenantId } });
  return row ? { ...row, roleMap: roleMapSchema.parse(row.roleMap) } : null;
}

export interface UsableProvider extends TenantProvider {
  settings: ProviderSettings;
  clientSecret: string | null;
}

/** All that signing in needs, or `null` when the service is not in use (any more). */
export async function usableProvider(id: string): Promise<UsableProvider | null> {
  const found = await providerById(id);
  if (!found) return null;
  const settings = await withDirectory(found.tenantId, (tx) => readProvider(tx, found.tenantId));
  return settings && { ...found, settings, clientSecret: await keptClientSecret(found.tenantId) };
}

/** In clear only to the machine itself: elsewhere whoever sits between could sign in as anybody. */
export function assertIssuer(issuer: string): void {
  const { protocol, hostname, username, search, hash } = new URL(issuer);
  const here = hostname === "localhost" || hostname === "[::1]" || hostname.startsWith("127.");
  if (protocol === "https:" || here) {
    if (username || search || hash)
      throw new AppError("invalid_input", "An issuer is an address without query or fragment.");
    return;
  }
  throw new AppError("invalid_input", "The issuer must be an https address.");
}
