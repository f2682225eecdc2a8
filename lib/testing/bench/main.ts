import { mkdtempSync, rmSync } from "node:fs";
import path from "node:path";
import { ApiPerson } from "../api-person";
import { startApp } from "../running-app";
import { benchAudit } from "./audit";
import { benchCommand } from "./command";
import { figure, section, summary } from "./figures";
import { benchKeys } from "./keys";
import { benchKeystrokes } from "./keystrokes";
import { benchNeighbours } from "./neighbours";
import { benchPageWeight } from "./page-weight";
import { benchRouting } from "./routing";
import { benchSaves } from "./saves";
import { benchScrolling } from "./scrolling";
import { benchTemplates } from "./templates";
import { benchTenants } from "./tenants";
import { benchValidation } from "./validation";

const PARTS = [
  "command",
  "validation",
  "routing",
  "audit",
  "keys",
  "templates",
  "start",
  "weight",
  "saves",
  "keystrokes",
  "scrolling",
  "tenants",
  "neighbours",
];
const asked = process.argv.slice(2);
const unknown = asked.filter((part) => !PARTS.includes(part));
if (unknown.length > 0) throw new Error(`There is no ${unknown.join(", ")}; there are ${PARTS.join(", ")}.`);
const wanted = (part: string) => asked.length === 0 || asked.includes(part);

// Beside the project, not in a temporary folder that may live in memory: commits have to reach a disk.
const folder = mkdtempSync(path.join(process.cwd(), ".bench-"));
try {
  if (wanted("command")) await benchCommand();
  if (wanted("validation")) benchValidation();
  if (wanted("templates")) benchTemplates();
  if (wanted("routing")) benchRouting();
  if (wanted("keys")) await benchKeys(folder);
  if (wanted("audit")) await benchAudit(folder);
  if (["start", "weight", "saves", "keystrokes", "scrolling", "tenants", "neighbours"].some(wanted)) await benchApp();
  summary();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function benchApp(): Promise<void> {
  section("The app: start to ready (its own PostgreSQL included)");
  const first = await startApp(folder);
  figure({ what: "new data folder", value: first.readyAfterMs / 1_000, unit: "s" });
  await first.stop();
  const app = await startApp(folder);
  figure({ what: "existing data folder", value: app.readyAfterMs / 1_000, unit: "s" });
  try {
    const admin = await ApiPerson.signIn(app.base, app.token ?? "");
    if (wanted("weight")) await benchPageWeight(app.base, admin);
    if (wanted("saves")) await benchSaves(app, admin);
    if (wanted("keystrokes")) await benchKeystrokes(app.base, admin);
    if (wanted("scrolling")) await benchScrolling(app.base, admin);
    if (wanted("neighbours")) await benchNeighbours(app, admin);
    if (wanted("tenants")) await benchTenants(app, admin);
  } finally {
    await app.stop();
  }
}
