import { afterEach, expect, test, vi } from "vitest";
import { GET } from "./route";

afterEach(() => vi.unstubAllEnvs());

const scrape = (authorization?: string) =>
  GET(new Request("http://signalbox/metrics", { headers: authorization ? { authorization } : {} }));

test("tells no version of what it runs on", async () => {
  const said = await (await scrape()).text();
  expect(said).toContain("signalbox_nodejs_heap_size_total_bytes");
  expect(said).not.toContain(process.version);
  expect(said).not.toContain(process.versions.openssl);
});

test("is open without a token, and for its bearer only with one", async () => {
  expect(await (await scrape()).text()).toContain("signalbox_process_cpu_seconds_total");
  vi.stubEnv("METRICS_TOKEN", "a-token-of-the-operator");
  expect((await scrape()).status).toBe(401);
  expect((await scrape("Bearer another")).status).toBe(401);
  expect((await scrape("Bearer a-token-of-the-operator")).status).toBe(200);
});
