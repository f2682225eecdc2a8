import { afterEach, expect, it, vi } from "vitest";
import { PLATFORM_LOG } from "@/lib/tenancy";
import { witnessRoute } from "./witness-route";

const TOKEN = "w".repeat(40);
afterEach(() => void vi.unstubAllEnvs());

async function ask(bearer: string): Promise<[number, unknown]> {
  const handler = witnessRoute("/api/platform/audit/tile/{path}", async ({ ctx, place }) => [ctx.tenantId, place]);
  const request = new Request("http://localhost/api/platform/audit/tile/0/000", {
    headers: { authorization: `Bearer ${bearer}` },
  });
  const response = await handler(request, { params: Promise.resolve({ path: ["0", "000"] }) });
  return [response.status, await response.json()];
}

it("lets the bearer of WITNESS_TOKEN see the installation's log, and nobody where none is set", async () => {
  vi.stubEnv("LOG_LEVEL", "silent");
  expect((await ask("undefined"))[0]).toBe(401);
  vi.stubEnv("WITNESS_TOKEN", TOKEN);
  expect(await ask(TOKEN)).toEqual([200, [PLATFORM_LOG, "0/000"]]);
  for (const wrong of ["", "x", `${TOKEN}w`, TOKEN.slice(1)]) expect((await ask(wrong))[0]).toBe(401);
});
