import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { beforeAll, expect, test } from "vitest";
import { parseAllDocuments } from "yaml";
import { z } from "zod";
import { ENV_NAMES, parseEnv } from "@/lib/env";
import { metrics } from "@/lib/observability";
import { parseAllowList, parseTrustedProxies } from "@/lib/resilience";
import { whoIsAnswered } from "./in-clear";

const folder = path.join(process.cwd(), "deploy");
const files = readdirSync(folder, { recursive: true, encoding: "utf8" });
const read = (file: string) => readFileSync(path.join(folder, file), "utf8");
const documents = (file: string): unknown[] =>
  parseAllDocuments(read(file), { strict: true }).map((document) => {
    expect([...document.errors, ...document.warnings], file).toEqual([]);
    return document.toJS();
  });

/** What is set for Signalbox there; a value that comes from elsewhere is left out. */
function check(settings: Record<string, string | undefined>): void {
  expect(Object.keys(settings).filter((name) => !ENV_NAMES.includes(name))).toEqual([]);
  const env = parseEnv(settings);
  parseTrustedProxies(env.TRUSTED_PROXIES);
  parseAllowList(env.OUTBOUND_ALLOW);
}

/** What the image brings, before anything is set where it runs. */
function ofTheImage(): Record<string, string> {
  const line = read("Dockerfile")
    .split("\n")
    .find((one) => one.startsWith("ENV HOST="));
  return Object.fromEntries(
    (line ?? "")
      .slice(4)
      .split(" ")
      .map((pair) => pair.split("=") as [string, string]),
  );
}

test("the image takes no passwords in clear by itself; compose says who reaches it, Kubernetes which proxy speaks TLS", () => {
  expect(() => whoIsAnswered(parseEnv(ofTheImage()))).toThrow(/PLAIN_HTTP/);
  const { services } = composeSchema.parse(documents("compose.yaml")[0]);
  expect(services.signalbox?.ports).toEqual(["127.0.0.1:3000:3000"]);
  expect(services.signalbox?.environment?.PLAIN_HTTP).toBe("yes");
  const { containers } = deploymentSchema.parse(documents("kubernetes/signalbox.yaml")[0]).spec.template.spec;
  const set = (containers[0]?.env ?? []).flatMap(({ name, value }) => (value === undefined ? [] : [[name, value]]));
  const mayAsk = whoIsAnswered(parseEnv({ ...ofTheImage(), ...Object.fromEntries(set) }));
  expect([mayAsk("10.4.5.6", "/sign-in"), mayAsk("192.168.0.9", "/sign-in")]).toEqual([true, false]);
  // The kubelet comes from the node.
  expect([mayAsk("192.168.0.9", "/readyz"), mayAsk("192.168.0.9", "/healthz")]).toEqual([true, true]);
});

test("every YAML file can be read", () => {
  const yaml = files.filter((file) => /\.ya?ml$/.test(file));
  expect(yaml.length).toBeGreaterThanOrEqual(4);
  for (const file of yaml) expect(documents(file).length, file).toBeGreaterThan(0);
});

const composeSchema = z.object({
  services: z.record(
    z.string(),
    z.object({
      environment: z.record(z.string(), z.string()).optional(),
      volumes: z.array(z.string()),
      ports: z.array(z.string()).optional(),
      depends_on: z.record(z.string(), z.object({ condition: z.literal("service_healthy") })).optional(),
    }),
  ),
  volumes: z.record(z.string(), z.null()),
});

test("compose: the settings exist, so do the volumes, files and services that it names", () => {
  const { services, volumes } = composeSchema.parse(documents("compose.yaml")[0]);
  const defaults = Object.entries(services.signalbox?.environment ?? {}).map(([name, value]) => [
    name,
    value.replaceAll(/\$\{\w+(?::-([^}]*)|:\?)\}/g, (_all, fallback) => fallback ?? "given"),
  ]);
  check(Object.fromEntries(defaults));
  for (const { volumes: mounts, depends_on } of Object.values(services)) {
    for (const [source = ""] of mounts.map((mount) => mount.split(":")))
      expect(source.startsWith("./") ? existsSync(path.join(folder, source)) : source in volumes, source).toBe(true);
    for (const name of Object.keys(depends_on ?? {})) expect(Object.keys(services)).toContain(name);
  }
});

const envSchema = z.array(
  z.object({ name: z.string(), value: z.string().optional(), valueFrom: z.unknown().optional() }),
);
const containerSchema = z.object({
  name: z.string(),
  args: z.array(z.string()).optional(),
  env: envSchema,
  volumeMounts: z.array(z.object({ name: z.string() })).default([]),
});
const deploymentSchema = z.object({
  spec: z.object({
    template: z.object({
      spec: z.object({
        initContainers: z.array(containerSchema),
        containers: z.array(containerSchema),
        volumes: z.array(z.object({ name: z.string() })),
      }),
    }),
  }),
});

test("Kubernetes: the settings exist, and the app is not given the owner's password", () => {
  const [deployment, service] = documents("kubernetes/signalbox.yaml");
  expect(service).toMatchObject({ kind: "Service", spec: { selector: { "app.kubernetes.io/name": "signalbox" } } });
  const { initContainers, containers, volumes } = deploymentSchema.parse(deployment).spec.template.spec;
  for (const { env, volumeMounts } of [...initContainers, ...containers]) {
    check(Object.fromEntries(env.map(({ name, value }) => [name, value ?? "https://from-a-secret.example"])));
    for (const { name } of volumeMounts) expect(volumes.map((volume) => volume.name)).toContain(name);
  }
  const names = containers.flatMap(({ env }) => env.map(({ name }) => name));
  expect(names).not.toContain("MIGRATE_DATABASE_URL");
  const secrets = [...read("kubernetes/signalbox.yaml").matchAll(/key: ([\w.-]+)[, ]/g)].map(([, key]) => key);
  const made = [...read("kubernetes/signalbox.yaml").matchAll(/--from-literal=([\w.-]+)=/g)].map(([, key]) => key);
  expect(secrets.filter((key) => !made.includes(key))).toEqual([]);
  for (const probe of ["healthz", "readyz"])
    expect(existsSync(path.join(process.cwd(), `app/${probe}/route.ts`))).toBe(true);
});

const rulesSchema = z.object({
  groups: z.array(z.object({ rules: z.array(z.object({ alert: z.string(), expr: z.string() })) })),
});

let exposed: Map<string, string[]>;
beforeAll(async () => {
  const all = await metrics().registry.getMetricsAsJSON();
  const labelled = await Promise.all(
    all.map(async ({ name }) => {
      const metric = metrics().registry.getSingleMetric(name);
      return [name, metric && "labelNames" in metric ? [metric.labelNames].flat().map(String) : []] as const;
    }),
  );
  exposed = new Map(labelled);
});

test("Prometheus: each rule asks for metrics and labels that /metrics has", () => {
  const { groups } = rulesSchema.parse(documents("prometheus/signalbox.rules.yml")[0]);
  const expressions = groups
    .flatMap(({ rules }) => rules.map(({ expr }) => expr))
    .filter((expr) => !/^up\b/.test(expr));
  expect(expressions.length).toBeGreaterThan(3);
  for (const expression of expressions) {
    const asked = [...expression.matchAll(/(signalbox_\w+?)(?:_bucket|_count|_sum)?(?:\{([^}]*)\}|(?=[[)\s]))/g)];
    expect(asked.length, expression).toBeGreaterThan(0);
    for (const [, name = "", selector = ""] of asked) {
      expect([...exposed.keys()], expression).toContain(name);
      for (const [, label = ""] of selector.matchAll(/(\w+)\s*[=!]/g))
        expect(exposed.get(name), expression).toContain(label);
    }
  }
});

test("the image holds no history of the source, and no user but nobody", () => {
  const last =
    read("Dockerfile")
      .split(/^FROM /m)
      .at(-1) ?? "";
  const copied = [...last.matchAll(/^COPY (?:--from=\S+ )?(.+)$/gm)].flatMap(([, what = ""]) => what.split(" "));
  expect(copied.length).toBeGreaterThan(4);
  expect(copied.filter((name) => name === "." || name.includes(".git"))).toEqual([]);
  expect(last).toContain("USER 65534");
});

test("the image has the client of hardware tokens, built for the Node and the Debian that it runs on", () => {
  const stages = read("Dockerfile")
    .split(/^FROM /m)
    .slice(1);
  const token = stages.find((stage) => stage.includes(" AS token\n")) ?? "";
  expect(token).toContain("npm rebuild pkcs11js");
  expect(token).toContain("require('pkcs11js')");
  const base = (stage: string) => /^\S+/.exec(stage)?.[0]?.replace(/-slim$/, "");
  expect(base(token)).toBe(base(stages.at(-1) ?? ""));
  expect(stages.at(-1)).toContain("COPY --from=token /app/node_modules/pkcs11js node_modules/pkcs11js");
});

test("the image copies what exists, and starts the command that exists", () => {
  const lines = read("Dockerfile").split("\n");
  const own = lines.flatMap((line) => /^COPY (?!--from)(.+) \S+$/.exec(line)?.[1]?.split(" ") ?? []);
  for (const source of own) expect(existsSync(source), source).toBe(true);
  check(ofTheImage());
  expect(read("Dockerfile")).toContain('"dist/signalbox.mjs", "ready"');
  expect(read("signalbox.service")).toMatch(
    /^ExecStart=\/opt\/signalbox\/node_modules\/\.bin\/node dist\/signalbox\.mjs start$/m,
  );
});
