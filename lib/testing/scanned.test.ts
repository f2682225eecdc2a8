import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import {
  advisories,
  KNOWN,
  licenceProblems,
  missingFromSbom,
  productionPackages,
  productionSbom,
  secretProblems,
} from "./scanned.mjs";

const lockfile = JSON.parse(readFileSync("package-lock.json", "utf8"));

test("secrets: what is known is let through in its file alone, and a finding never repeats the secret", () => {
  const [[file = "", id = ""] = []] = KNOWN;
  const message = { messageId: id, ruleId: "rule", message: "hunter2", loc: { start: { line: 7 } } };
  const at = (name: string) => [{ filePath: `/project/${name}`, messages: [message] }];
  expect(secretProblems(at(file), "/project")).toEqual([]);
  expect(secretProblems(at("lib/other.ts"), "/project")).toEqual([`lib/other.ts:7 ${id} (rule)`]);
  for (const [name, , why] of KNOWN) {
    expect(readFileSync(name ?? "", "utf8").length).toBeGreaterThan(0);
    expect(why?.length).toBeGreaterThan(10);
  }
});

describe("licences", () => {
  const one = (license?: string): [string, { version: string; license?: string }][] => [
    ["node_modules/a/node_modules/@b/c", { version: "1.0.0", ...(license ? { license } : {}) }],
  ];
  test.each(["MIT", "(MIT OR GPL-3.0)", "Apache-2.0 AND MIT", "ISC"])("%s will do", (licence) => {
    expect(licenceProblems(one(licence), () => undefined)).toEqual([]);
  });
  test.each(["GPL-3.0", "MIT AND GPL-3.0-only", "SEE LICENSE IN x", undefined])("%s will not", (licence) => {
    expect(licenceProblems(one(licence), () => undefined)).toEqual([`@b/c 1.0.0: licence ${licence ?? "unknown"}`]);
  });
  test("what the installed package says counts before the lockfile", () => {
    expect(licenceProblems(one("MIT"), () => "AGPL-3.0")).toHaveLength(1);
  });
});

describe("advisories", () => {
  const report = (severity: string) =>
    JSON.stringify({ vulnerabilities: { a: { name: "a", severity, range: "<2" } }, metadata: {} });
  test("high and critical ones are found, moderate ones are not", () => {
    expect(advisories(report("high"))).toEqual({ found: ["a <2: high"], silent: null });
    expect(advisories(report("critical")).found).toHaveLength(1);
    expect(advisories(report("moderate"))).toEqual({ found: [], silent: null });
  });
  test("a registry that does not answer is said, and is no clean bill", () => {
    expect(advisories('{"message":"405 Method Not Allowed"}').silent).toBe("405 Method Not Allowed");
    expect(advisories("").silent).toBe("npm audit printed no JSON");
  });
});

test("the bill of materials holds every package that people run in its version, and no other", () => {
  const packages = productionPackages(lockfile);
  const names = packages.map(([folder]) => folder);
  expect(names).toContain("node_modules/next");
  expect(names).not.toContain("node_modules/vitest");
  const component = (name: string, version: string) => ({ "bom-ref": `${name}@${version}`, name, version });
  const document = {
    metadata: { component: { "bom-ref": "signalbox@1" } },
    components: [
      ...packages.map(([folder, { version }]) => component(folder.split("node_modules/").at(-1) ?? "", version)),
      component("vitest", "5.1.1"),
    ],
    dependencies: [{ ref: "signalbox@1", dependsOn: ["vitest@5.1.1"] }, { ref: "vitest@5.1.1" }],
  };
  const cut = productionSbom(document, packages);
  expect(cut.components).toHaveLength(packages.length);
  expect(cut.dependencies).toEqual([{ ref: "signalbox@1", dependsOn: [] }]);
  expect(missingFromSbom(cut, packages)).toEqual([]);
  expect(missingFromSbom({ components: cut.components.slice(1) }, packages)).toHaveLength(1);
});

// Programs for platforms that nobody locked on have no hash; npm then takes the registry's.
test("every package that runs on all platforms is held by its hash, wherever it is fetched", () => {
  const entries = Object.entries<{ integrity?: string; optional?: boolean }>(lockfile.packages);
  const loose = entries.filter(([folder, { integrity, optional }]) => folder !== "" && !optional && !integrity);
  expect(loose.map(([folder]) => folder)).toEqual([]);
});
