import { beforeEach, expect, it, vi } from "vitest";
import { POST as rotate } from "./platform/keys/rotate/route";
import { PUT as editTenant } from "./platform/tenants/[id]/route";
import { PUT as editTier } from "./platform/tiers/[name]/route";
import { platformRoute } from "./platform-route";

const resolveOperator = vi.hoisted(() => vi.fn());
vi.mock("@/lib/tenancy", async (original) => ({ ...(await original<object>()), resolveOperator }));

const session = { personId: "p", isOperator: true, hasSecondFactor: true };
const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000);
const ask = (method: string) =>
  new Request("http://box.example/api/platform/x", {
    method,
    headers: { "x-signalbox-csrf": "1", host: "box.example" },
    ...(method === "GET" ? {} : { body: "{}" }),
  });
const context = { params: Promise.resolve({ name: "free", id: "7" }) };

beforeEach(() => {
  vi.stubEnv("LOG_LEVEL", "silent");
  resolveOperator.mockReset().mockResolvedValue({ ...session, steppedUpAt: ago(16) });
});

it.each([
  ["a tier", editTier],
  ["a tenant's tier", editTenant],
  ["keys", rotate],
])("who changes %s proves once more that it is them", async (_, route) => {
  const answer = await (route as (request: Request, given: typeof context) => Promise<Response>)(ask("PUT"), context);
  expect(answer.status).toBe(403);
  expect(await answer.json()).toMatchObject({ code: "step_up_required" });
});

it("asks for that again after a quarter of an hour, of writes alone, and of those who have a second factor", async () => {
  const route = platformRoute("/api/platform/x", async () => ({ done: true }));
  const statusOf = async (method: string, of: object) => {
    resolveOperator.mockResolvedValue({ ...session, ...of });
    return (await route(ask(method), { params: Promise.resolve({}) })).status;
  };
  expect(await statusOf("POST", { steppedUpAt: ago(16) })).toBe(403);
  expect(await statusOf("POST", { steppedUpAt: ago(14) })).toBe(200);
  expect(await statusOf("GET", { steppedUpAt: ago(16) })).toBe(200);
  expect(await statusOf("POST", { steppedUpAt: ago(16), hasSecondFactor: false })).toBe(200);
});
