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
