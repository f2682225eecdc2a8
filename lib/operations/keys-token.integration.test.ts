import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { withTenant } from "@/lib/database";
import { checkKey, checkKeyFile, openSecrets, seal } from "@/lib/secrets";
import { makeSoftToken, type SoftToken, softTokenMissing } from "@/lib/secrets/testing/soft-token";
import { startTestDatabase, type TestDatabase } from "@/lib/testing/database";
import { listKeys, raiseMinimumKey, rewrapKeys, rotateKeys, verifyAllKeys } from "./keys";

const missing = softTokenMissing();
const operator = { personId: randomUUID(), isOperator: true, requestId: "test" };

describe.skipIf(missing)(`from a key file into a token${missing ? ` (missing: ${missing})` : ""}`, () => {
  let database: TestDatabase;
  let token: SoftToken;
  const folder = mkdtempSync(path.join(tmpdir(), "signalbox-keys-"));
  const refs: { tenantId: string; ref: string }[] = [];

  beforeAll(async () => {
    Object.assign(process.env, { DATA_DIR: folder, LOG_LEVEL: "silent" });
    token = makeSoftToken();
    Object.assign(process.env, token.settings);
    database = await startTestDatabase();
    await checkKey();
    for (let n = 0; n < 30; n++) await put();
  });
  afterAll(async () => {
    for (const name of ["KEY_PROVIDER", ...Object.keys(token.settings)]) delete process.env[name];
    await database.stop();
    token.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  async function put(): Promise<void> {
    const tenantId = randomUUID();
    const owner = { tenantId, actor: { id: "ana" } };
    const { ref } = await withTenant(tenantId, (tx) => seal(tx, owner, { value: tenantId, kind: "secret" }));
    refs.push({ tenantId, ref });
  }

  async function expectAllReadable(): Promise<void> {
    for (const { tenantId, ref } of refs)
      expect(await withTenant(tenantId, (tx) => openSecrets(tx, tenantId, [ref]))).toEqual({ [ref]: tenantId });
  }

  test("the next key is the token's; when all is rewrapped, the key file may go, and the token may be replaced", async () => {
    process.env.KEY_PROVIDER = "pkcs11";
    await rotateKeys(operator);
    await put();
    expect(await rewrapKeys(operator)).toEqual({ rewrapped: 30, left: 0 });
    await raiseMinimumKey(operator, 2);
    rmSync(path.join(folder, "keys"), { recursive: true });
    await expectAllReadable();
    await checkKey();
    await checkKeyFile();
    expect((await verifyAllKeys(operator)).failed).toEqual([]);
    const [primary] = (await listKeys()).keys;
    expect(primary).toMatchObject({ version: 2, provider: "pkcs11", state: "primary", dataKeys: 31, ok: true });
    await rotateKeys(operator);
    expect(await rewrapKeys(operator)).toEqual({ rewrapped: 31, left: 0 });
    await expectAllReadable();
    const rows = await database.asOwner<{ wrapped: string }>("SELECT encode(wrapped, 'hex') AS wrapped FROM data_keys");
    expect(new Set(rows.map(({ wrapped }) => wrapped.slice(0, 2)))).toEqual(new Set(["01"]));
  });

  test("a token that cannot be asked is said, and nothing is lost", async () => {
    process.env.PKCS11_TOKEN = "not there";
    await expect(checkKeyFile()).rejects.toMatchObject({ code: "not_ready", message: /no such token/ });
    expect((await listKeys()).keys[0]).toMatchObject({ ok: false, detail: expect.stringContaining("no such token") });
    await expect(put()).rejects.toMatchObject({ code: "not_ready" });
    process.env.PKCS11_TOKEN = token.token;
    await checkKeyFile();
    await put();
    await expectAllReadable();
  });
});
