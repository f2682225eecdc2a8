import { env } from "@/lib/env";

/** Dies as by `kill -9` when a test named this point. Outside of tests it does nothing, whatever the environment says. */
export function failpoint(name: string): void {
  const { NODE_ENV, SIGNALBOX_FAILPOINT } = env();
  if (NODE_ENV === "test" && SIGNALBOX_FAILPOINT === name) process.kill(process.pid, "SIGKILL");
}
