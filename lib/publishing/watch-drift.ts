import { metrics, roundEnded } from "@/lib/observability";
import { driftOfTenant } from "@/lib/targets";
import { tenantsWithTargets } from "@/lib/tenancy";

/** Targets, of all tenants, at which something else lies than what was published last. */
export async function countDrifted(): Promise<number> {
  let drifted = 0;
  // Of a deleted tenant nobody is told anything.
  const tenants = (await tenantsWithTargets()).filter(({ state }) => state !== "deleted");
  for (const { id } of tenants)
    for (const { state } of await driftOfTenant(id)) if (state === "drifted" || state === "missing") drifted++;
  return drifted;
}

/** Keeps the gauge true, so that an alert can be set on it. Returns how to stop. */
export function watchDrift(everyMs: number, onError: (error: unknown) => void): () => void {
  const look = () =>
    countDrifted().then(
      (count) => {
        metrics().drifted.set(count);
        roundEnded("drift");
      },
      (error: unknown) => {
        roundEnded("drift", error);
        onError(error);
      },
    );
  const timer = setInterval(look, everyMs);
  timer.unref();
  return () => clearInterval(timer);
}
