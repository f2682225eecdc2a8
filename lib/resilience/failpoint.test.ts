import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, expect, it, vi } from "vitest";
import { failpoint } from "./failpoint";

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

it("kills at the named time under test, and never in production", () => {
  const kill = vi.spyOn(process, "kill").mockReturnValue(true);
  vi.stubEnv("SIGNALBOX_FAILPOINT", "write.acted@2");
  vi.stubEnv("NODE_ENV", "production");
  failpoint("write.acted");
  failpoint("write.acted");
  expect(kill).not.toHaveBeenCalled();
  vi.stubEnv("NODE_ENV", "test");
  failpoint("write.acted");
  failpoint("write.done");
  expect(kill).not.toHaveBeenCalled();
  failpoint("write.acted");
  expect(kill).toHaveBeenCalledExactlyOnceWith(process.pid, "SIGKILL");
});

it("kills a production process only where a file names the point, and once", () => {
  const kill = vi.spyOn(process, "kill").mockReturnValue(true);
  const folder = mkdtempSync(path.join(tmpdir(), "signalbox-failpoint-"));
  const file = path.join(folder, "point");
  vi.stubEnv("NODE_ENV", "production");
  vi.stubEnv("SIGNALBOX_FAILPOINT", "reload.acted");
  vi.stubEnv("SIGNALBOX_FAILPOINT_FILE", file);
  failpoint("reload.acted");
  writeFileSync(file, "reload.done\n");
  failpoint("reload.acted");
  expect(kill).not.toHaveBeenCalled();
  failpoint("reload.done");
  expect(kill).toHaveBeenCalledExactlyOnceWith(process.pid, "SIGKILL");
  expect(existsSync(file)).toBe(false);
  failpoint("reload.done");
  expect(kill).toHaveBeenCalledOnce();
  rmSync(folder, { recursive: true });
});
