import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "@playwright/test";
import { ApiPerson } from "../../lib/testing/api-person";
import { type RunningApp, startApp } from "../../lib/testing/running-app";
import { soakConfig } from "../../lib/testing/soak/configurations";
import { ALERTMANAGER_BINARY, type RunningAlertmanager, startAlertmanager } from "../fixtures/alertmanager";

interface Publication {
  changeId: string;
  status: string;
  steps: { step: string; status: string }[];
}

/** Two of them; that every single boundary is safe is what the tests of lib/publishing show. */
const POINTS = ["write.acted", "verify.done"];

test.describe("the app is killed while it publishes", () => {
  test.skip(!ALERTMANAGER_BINARY, "prometheus-alertmanager is not installed");
  test.setTimeout(240_000);

  let folder: string;
  let alertmanager: RunningAlertmanager;
  let app: RunningApp;
  let admin: ApiPerson;
  let pointFile: string;

  test.beforeAll(async () => {
    test.setTimeout(120_000);
    folder = mkdtempSync(path.join(path.dirname(String(test.info().config.metadata.targets)), "killed-"));
    const targets = path.join(folder, "targets");
    mkdirSync(targets);
    pointFile = path.join(folder, "failpoint");
    alertmanager = await startAlertmanager(soakConfig("first", false), targets);
    app = await startApp(folder, { SIGNALBOX_FAILPOINT_FILE: pointFile, LOG_LEVEL: "silent" });
    admin = await ApiPerson.signIn(app.base, app.token ?? "");
    const { tenants } = await admin.call<{ tenants: { id: string; slug: string }[] }>("GET", "/api/platform/tenants");
    const replicas = [{ configPath: alertmanager.configPath, url: alertmanager.url }];
    const tenantId = tenants.find(({ slug }) => slug === "demo")?.id;
    const body = { kind: "alertmanager", tenantId, name: "production", replicas };
    await admin.call("POST", "/api/platform/targets", { body });
  });
  test.afterAll(async () => {
    await app?.stop();
    await alertmanager?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  /** The app may be starting again just now. */
  async function publicationOf(changeId: string): Promise<Publication | undefined> {
    const all = await admin.call<Publication[]>("GET", "/api/demo/publications").catch(() => []);
    return all.find((publication) => publication.changeId === changeId);
  }

  for (const [index, point] of POINTS.entries()) {
    test(`at ${point}: it starts again and ends what it began, once`, async () => {
      const yaml = soakConfig(`killed-${index}`, false);
      const imported = { body: { yaml, title: point } };
      const { change } = await admin.call<{ change: { id: string } }>("POST", "/api/demo/import", imported);
      writeFileSync(pointFile, point);
      const request = { body: { comment: point, overwriteDrift: index === 0 } };
      await admin.call("POST", `/api/demo/changes/${change.id}/publish`, request);
      await expect.poll(() => existsSync(pointFile), { timeout: 30_000 }).toBe(false);
      await expect
        .poll(async () => (await publicationOf(change.id))?.status, { timeout: 60_000, intervals: [500] })
        .toBe("verified");
      expect(readFileSync(alertmanager.configPath, "utf8")).toBe(yaml);
      const status = await (await fetch(`${alertmanager.url}/api/v2/status`)).json();
      expect(status.config.original).toContain(`killed-${index}`);
      const steps = (await publicationOf(change.id))?.steps ?? [];
      expect(steps.map(({ step, status: ended }) => `${step} ${ended}`)).toEqual([
        "prepare done",
        "write done",
        "reload done",
        "verify done",
      ]);
    });
  }
});
