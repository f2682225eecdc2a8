import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { run as routes } from "./routes-test";
import { run as test } from "./test";
import { captured } from "./testing/captured";

const CONFIG = `route:
  receiver: chat
  routes:
    - matchers: [team=db]
      receiver: pager
      continue: true
      group_by: [alertname]
    - matchers: [severity=critical]
      receiver: mail
    - receiver: nobody
      matchers: [team=db]
receivers: [{name: chat}, {name: pager}, {name: mail}, {name: nobody}]
`;
const EXPECTED = `expectations:
  - name: database alerts wake somebody
    labels: {team: db}
    reaches: [pager]
  - name: critical ones too
    labels: {team: db, severity: critical}
    receivers: [mail]
`;

let folder: string;
let files: string[];
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "expected-"));
  const [config, expected] = ["alertmanager.yml", "expectations.yml"].map((name) => path.join(folder, name));
  writeFileSync(config!, CONFIG);
  writeFileSync(expected!, EXPECTED);
  files = ["--config", config!, "--expectations", expected!];
});
afterEach(() => rmSync(folder, { recursive: true }));
const config = () => files.slice(0, 2);

describe("signalbox test", () => {
  it("names each, and why one fails", async () => {
    expect(await captured(() => test(files))).toEqual({
      code: 1,
      err: "",
      out: `ok   database alerts wake somebody
FAIL critical ones too
     also reaches pager
     it goes to: pager, mail
2 expectations, 1 failed
`,
    });
    writeFileSync(files[3]!, EXPECTED.replace("receivers: [mail]", "receivers: [mail, pager]"));
    const { code, out } = await captured(() => test(files));
    expect([code, out]).toEqual([0, expect.stringContaining("2 expectations, all hold\n")]);
  });

  it("prints all there is as JSON", async () => {
    const { code, out } = await captured(() => test([...files, "--json", "--target", "alertmanager@0.25"]));
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      target: "alertmanager@0.25",
      results: [{ ok: true }, { ok: false, receivers: ["pager", "mail"], reason: { code: "unexpected" } }],
    });
  });

  it("tells what it cannot read, and where", async () => {
    writeFileSync(files[3]!, "expectations:\n  - {name: x, labels: {a: b}, reach: [y]}\n");
    expect(await captured(() => test(files))).toMatchObject({
      code: 1,
      err: expect.stringContaining(`expectations.yml:2: no expectation: this key is unknown (reach)`),
    });
    expect(await captured(() => test(config()))).toMatchObject({ code: 2, err: expect.stringContaining("usage:") });
    writeFileSync(files[1]!, "route: {receiver: gone}");
    expect(await captured(() => test(files))).toMatchObject({
      code: 1,
      err: expect.stringContaining("would not load"),
    });
  });
});

describe("signalbox routes test", () => {
  it("prints receivers as amtool does", async () => {
    const alert = ["team=db", "severity=critical"];
    expect(await captured(() => routes(["test", ...config(), ...alert]))).toEqual({
      code: 0,
      out: "pager,mail\n",
      err: "",
    });
    expect(await captured(() => routes(["test", ...config()]))).toMatchObject({ out: "chat\n" });
    const verified = await captured(() => routes(["test", ...config(), "--verify.receivers", "mail", ...alert]));
    expect(verified).toMatchObject({ code: 1, out: "pager,mail\n", err: expect.stringContaining("did not match") });
  });

  it("explains every route", async () => {
    const { out } = await captured(() => routes(["test", ...config(), "--explain", "team=db", "severity=critical"]));
    expect(out).toBe(`✓ default-route goes on below
  ✓ {team="db"} notifies pager, continue
  ✓ {severity="critical"} notifies mail
  - {team="db"} not asked: {severity="critical"} kept it
pager,mail
`);
    expect((await captured(() => routes(["test", ...config(), "--explain", "team=web"]))).out).toContain(
      '✗ {team="db"} team is "web"',
    );
  });

  it("prints groups and times as JSON", async () => {
    const { out } = await captured(() => routes(["test", ...config(), "--json", "team=db", "alertname=Down"]));
    expect(JSON.parse(out).matches[0]).toMatchObject({
      ...{ receiver: "pager", groupLabels: { alertname: "Down" }, group_wait: 30_000 },
      groupKey: '{}/{team="db"}:{alertname="Down"}',
    });
  });

  it.each([[["test", "team"]], [["test", "team!=db"]], [["show"]], [[]]])("refuses %j", async (argv) => {
    expect((await captured(() => routes([...argv, ...config()]))).code).toBe(2);
  });
});
