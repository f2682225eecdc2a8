import { expect, test } from "vitest";
import type { Transaction } from "@/lib/database";
import { replaceRecoveryCodes } from "./recovery-codes";

test("each holds 140 bits, kept as hashes", async () => {
  const rows: { hash: Uint8Array }[] = [];
  const table = {
    deleteMany: async () => ({ count: 0 }),
    createMany: async ({ data }: { data: { hash: Uint8Array }[] }) => rows.push(...data),
  };
  const codes = await replaceRecoveryCodes({ recoveryCode: table } as unknown as Transaction, "p", new Date());
  // Five bits a letter.
  for (const code of codes) expect(code).toMatch(/^(?:[0-9a-hjkmnp-tv-z]{4}-){6}[0-9a-hjkmnp-tv-z]{4}$/);
  expect(new Set(codes).size).toBe(10);
  expect(rows.map(({ hash }) => hash.length)).toEqual(codes.map(() => 32));
});
