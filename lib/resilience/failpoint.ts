import { env } from "@/lib/env";

const passed = new Map<string, number>();

/**
 * Dies as by `kill -9` when a test named this point (`write.acted`, or `write.acted@2` for its second time). Outside of
 * tests it does nothing, whatever the environment says.
 */
export function failpoint(name: string): void {
  const { NODE_ENV, SIGNALBOX_FAILPOINT } = env();
  if (NODE_ENV !== "test" || SIGNALBOX_FAILPOINT === undefined) return;
  const [wanted, time = "1"] = SIGNALBOX_FAILPOINT.split("@");
  if (wanted !== name) return;
  const count = (passed.get(name) ?? 0) + 1;
  passed.set(name, count);
  if (count === Number(time)) process.kill(process.pid, "SIGKILL");
}
