import { expect, it } from "vitest";

it("tells zod, which comes later, to do without `new Function`", async () => {
  await import("@/instrumentation-client");
  const { globalConfig } = await import("zod/v4/core");
  expect(globalConfig.jitless).toBe(true);
});
