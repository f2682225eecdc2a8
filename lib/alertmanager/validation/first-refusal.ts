import type { Path } from "../config/types";
import { originOf } from "./context";
import type { Diagnostic } from "./diagnostic";
import type { DiagnosticCode } from "./diagnostic-codes";

/** Findings that strict decoding lists together, once nothing else has stopped it. */
const LISTED: ReadonlySet<DiagnosticCode> = new Set<DiagnosticCode>([
  "duplicate_key",
  "unknown_key",
  "unknown_key_suggestion",
  "key_too_new",
  "key_left_out",
  "integration_too_new",
  "wrong_type",
  "invalid_go_duration",
  "number_out_of_range",
]);

/** Whether the target refuses the configuration for this, or dies of it; what only hurts later, or only us, does not count. */
export function isRefusal({ severity, stage }: Diagnostic): boolean {
  return severity === "error" && stage !== "notify";
}

/**
 * The finding at which the real program stops. Values and structs that refuse themselves end the decoding where they
 * stand; types and keys are listed at its end; what only the whole shows comes after; files and transports come last.
 * `unread` are the places that do not decode: the rules of a struct around them are never asked.
 */
export function firstRefusal(diagnostics: readonly Diagnostic[], unread: readonly Path[]): Diagnostic | undefined {
  const refusals = diagnostics.filter(isRefusal);
  const listed = refusals.filter((diagnostic) => isListed(diagnostic));
  // It is the struct around a key that does not decode.
  const places = [...unread, ...listed.map(({ path }) => path)].map((path) => path.slice(0, -1));
  const asked = ({ struct }: { struct: Path | null }) => !struct || !places.some((place) => isBelow(place, struct));
  const ofPhase = (phase: string) =>
    refusals.find((diagnostic) => {
      const origin = originOf(diagnostic);
      return origin?.phase === phase && !isListed(diagnostic) && asked(origin);
    });
  return ofPhase("decode") ?? listed[0] ?? ofPhase("config") ?? ofPhase("use") ?? refusals[0];
}

function isListed({ code, upstream }: Diagnostic): boolean {
  return LISTED.has(code) && (upstream === undefined || upstream.startsWith("yaml: unmarshal errors"));
}

function isBelow(path: Path, above: Path): boolean {
  return above.length <= path.length && above.every((step, index) => step === path[index]);
}
