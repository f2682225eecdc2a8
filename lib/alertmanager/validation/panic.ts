import type { TargetProfile } from "../profiles/profiles";

/** What the process prints when it dies of a nil pointer. */
export const PANIC = "panic: runtime error: invalid memory address or nil pointer dereference";

/** The YAML reader catches a panic and raises it again, which newer Go runtimes say. */
export function panicWhileDecoding(profile: TargetProfile): string {
  return `${PANIC} [recovered${profile.reaches("0.30") ? ", repanicked" : ""}]`;
}
