import { z } from "zod";
import type { DumpRecord } from "@/lib/database";
import { unwrapDataKey, wrapDataKey } from "@/lib/secrets";

/** Which keys an installation has: of no use to another one. */
export const STAYS_BEHIND = ["key_fingerprints", "key_encryption_keys", "keyring"];
export const DATA_KEYS = "data_keys";

const bytea = z.string().regex(/^\\x([0-9a-f]{2})+$/);
const wrappedSchema = z.looseObject({
  tenant_id: z.uuid(),
  version: z.int(),
  kek_version: z.int(),
  wrapped: bytea,
});
const openSchema = z.looseObject({ tenant_id: z.uuid(), version: z.int(), key: z.base64() });

/** In place of each data key as the installation's own key wraps it, the key itself. Only for what is sealed at once. */
export async function* withOpenKeys(records: AsyncIterable<DumpRecord>): AsyncGenerator<DumpRecord> {
  for await (const record of records) {
    if (record.type !== "apart") {
      yield record;
      continue;
    }
    const { wrapped, kek_version, ...row } = wrappedSchema.parse(record.row);
    const key = await unwrapDataKey({
      tenantId: row.tenant_id,
      version: row.version,
      kekVersion: kek_version,
      wrapped: Buffer.from(wrapped.slice(2), "hex"),
    });
    yield { ...record, row: { ...row, key: Buffer.from(key).toString("base64") } };
    key.fill(0);
  }
}

/** And back, under the key of this installation. */
export async function* withWrappedKeys(records: AsyncIterable<DumpRecord>): AsyncGenerator<DumpRecord> {
  for await (const record of records) {
    if (record.type !== "apart") {
      yield record;
      continue;
    }
    const { key: text, ...row } = openSchema.parse(record.row);
    const key = Buffer.from(text, "base64");
    const { wrapped, kekVersion } = await wrapDataKey({ tenantId: row.tenant_id, version: row.version }, key);
    key.fill(0);
    yield {
      ...record,
      row: { ...row, wrapped: `\\x${Buffer.from(wrapped).toString("hex")}`, kek_version: kekVersion },
    };
  }
}
