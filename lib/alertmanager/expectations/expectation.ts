/** What somebody wants to stay true of an alert, whoever edits the routes. */
export interface Expectation {
  /** Unique in a list. */
  name: string;
  labels: Readonly<Record<string, string>>;
  /** The alert reaches exactly these, in whatever order. */
  receivers?: readonly string[] | undefined;
  /** It reaches these at least; not beside `receivers`. */
  reaches?: readonly string[] | undefined;
  /** It reaches none of these; not beside `receivers`. */
  not?: readonly string[] | undefined;
  /** RFC 3339; the instant that `muted` is about. */
  at?: string | undefined;
  /**
   * Whether time intervals mute it then: on all its ways to the receivers named, or to any receiver where none is named.
   * Only together with `at`.
   */
  muted?: boolean | undefined;
}

/** What is wrong with something that should be an expectation; `field` is "" when it is about the whole. */
export interface ExpectationFault {
  code: "no_object" | "unknown_key" | "wrong_value" | "nothing_expected" | "two_ways" | "at_with_muted";
  field: string;
}

const LONGEST_NAME = 160;
const LONGEST_TEXT = 4_096;
const MOST_LABELS = 100;
const MOST_RECEIVERS = 100;
const RECEIVER_LISTS = ["receivers", "reaches", "not"] as const;
const KEYS: ReadonlySet<string> = new Set(["name", "labels", ...RECEIVER_LISTS, "at", "muted"]);
const RFC_3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)$/;

/**
 * The first fault of a value of unknown shape, or `null` when it is an `Expectation`: a name, at least one label, and one of
 * `receivers`, `reaches`, `not` and `muted` to hold it against.
 */
export function expectationFault(value: unknown): ExpectationFault | null {
  if (!isObject(value)) return { code: "no_object", field: "" };
  const unknown = Object.keys(value).find((key) => !KEYS.has(key));
  if (unknown !== undefined) return { code: "unknown_key", field: unknown };
  const wrong = Object.entries(CHECKS).find(([field, check]) => !check(value[field]));
  if (wrong) return { code: "wrong_value", field: wrong[0] };
  const { receivers, reaches, not, at, muted } = value;
  if (receivers !== undefined && (reaches !== undefined || not !== undefined)) {
    return { code: "two_ways", field: "receivers" };
  }
  if ((at === undefined) !== (muted === undefined)) return { code: "at_with_muted", field: "at" };
  if ([receivers, reaches, not, muted].every((one) => one === undefined)) {
    return { code: "nothing_expected", field: "" };
  }
  return null;
}

/** Whether it is one; `expectationFault` says why not. */
export function isExpectation(value: unknown): value is Expectation {
  return expectationFault(value) === null;
}

const isReceivers = (value: unknown) =>
  value === undefined ||
  (Array.isArray(value) && value.length > 0 && value.length <= MOST_RECEIVERS && value.every(isName));

const CHECKS: Readonly<Record<string, (value: unknown) => boolean>> = {
  name: isName,
  labels: isLabels,
  receivers: isReceivers,
  reaches: isReceivers,
  not: isReceivers,
  at: (value) =>
    value === undefined || (typeof value === "string" && RFC_3339.test(value) && !Number.isNaN(Date.parse(value))),
  muted: (value) => value === undefined || typeof value === "boolean",
};

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isName(value: unknown): value is string {
  return typeof value === "string" && value.trim() !== "" && value.length <= LONGEST_NAME;
}

function isLabels(value: unknown): boolean {
  if (!isObject(value)) return false;
  const entries = Object.entries(value);
  return (
    entries.length > 0 &&
    entries.length <= MOST_LABELS &&
    entries.every(([name, text]) => name !== "" && typeof text === "string" && text.length <= LONGEST_TEXT)
  );
}
