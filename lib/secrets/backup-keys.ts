import { onPlatform, tenantsElsewhere, withPlatform } from "@/lib/database";
import { wrapKey } from "./data-keys";
import { dataKeyLabel, kekOf, keyring } from "./keys/keyring";
import { providerOf } from "./keys/providers";

/** All that have data keys, in whatever place; the installation's own log is one of them when something is sealed there. */
export async function tenantsWithDataKeys(): Promise<string[]> {
  const rows = await withPlatform(
    (tx) => tx.$queryRaw<{ tenant_id: string }[]>`SELECT tenant_id FROM tenants_with_data_keys()`,
  );
  return [...new Set([...rows.map(({ tenant_id }) => tenant_id), ...(await tenantsElsewhere())])];
}

/** A tenant's data key as a row of `data_keys` holds it. */
export interface WrappedDataKey {
  tenantId: string;
  version: number;
  kekVersion: number;
  wrapped: Uint8Array;
}

/** What is left of a data key that was destroyed. */
const DESTROYED = Uint8Array.of(0);

/** A tenant's data key in clear, for a backup only; empty when it was destroyed. Whoever gets one zeroes it (`key.fill(0)`) as soon as it is sealed there. */
export async function unwrapDataKey({ tenantId, version, kekVersion, wrapped }: WrappedDataKey): Promise<Uint8Array> {
  if (wrapped.length === DESTROYED.length) return new Uint8Array();
  const kek = await onPlatform((client) => kekOf(client, kekVersion));
  return providerOf(kek).unwrap(kek, wrapped, dataKeyLabel(tenantId, version));
}

/** Wraps a data key that came from a backup under this installation's newest key, which nobody replaces while it is restored. */
export async function wrapDataKey(
  { tenantId, version }: Pick<WrappedDataKey, "tenantId" | "version">,
  key: Uint8Array,
): Promise<Pick<WrappedDataKey, "wrapped" | "kekVersion">> {
  const { primary: kek } = await onPlatform(keyring);
  if (key.length === 0) return { wrapped: DESTROYED, kekVersion: kek.version };
  return { wrapped: await wrapKey(kek, tenantId, version, key), kekVersion: kek.version };
}
