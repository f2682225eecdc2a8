import { readFileSync, rmSync } from "node:fs";
import { env } from "@/lib/env";

const passed = new Map<string, number>();

/**
 * Dies as by `kill -9` when a test named this point: `write.acted`, or `write.acted@2` for its second time in this process.
 * Tests name it by `SIGNALBOX_FAILPOINT`, which means nothing outside of them. For the built app, which always runs as in
 * production, they write it into the file that `SIGNALBOX_FAILPOINT_FILE` names: it is taken away before the kill, so the
 * next process goes on.
 */
export function failpoint(name: string): void {
  const file = env().SIGNALBOX_FAILPOINT_FILE;
  const [wanted, time = "1"] = (file === undefined ? namedByTest() : namedIn(file))?.trim().split("@") ?? [];
  if (wanted !== name) return;
  const count = (passed.get(name) ?? 0) + 1;
  passed.set(name, count);
  if (count !== Number(time)) return;
  if (file !== undefined) rmSync(file, { force: true });
  process.kill(process.pid, "SIGKILL");
}

function namedByTest(): string | undefined {
  const { NODE_ENV, SIGNALBOX_FAILPOINT } = env();
  return NODE_ENV === "test" ? SIGNALBOX_FAILPOINT : undefined;
}

function namedIn(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}
