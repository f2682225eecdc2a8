import { expect, it, vi } from "vitest";

it("tells zod, which comes later, to do without `new Function`", async () => {
  vi.resetModules();
  await import("@/instrumentation-client");
  const { globalConfig } = await import("zod/v4/core");
  expect(globalConfig.jitless).toBe(true);
});
