/** What a scalar is for yaml.v2. Whole numbers beyond 2^53 are `bigint`. */
export interface ResolvedScalar {
  /** In short: `!!int`, `!foo`. */
  tag: string;
  value: null | boolean | number | bigint | string;
}

const WORDS = new Map<string, ResolvedScalar>();
for (const [tag, value, words] of [
  ["!!null", null, " ~ null Null NULL"],
  ["!!bool", true, "y Y yes Yes YES true True TRUE on On ON"],
  ["!!bool", false, "n N no No NO false False FALSE off Off OFF"],
  ["!!float", Number.POSITIVE_INFINITY, ".inf .Inf .INF +.inf +.Inf +.INF"],
  ["!!float", Number.NEGATIVE_INFINITY, "-.inf -.Inf -.INF"],
  ["!!float", Number.NaN, ".nan .NaN .NAN"],
] as const) {
  for (const word of words.split(" ")) WORDS.set(word, { tag, value });
}
const LONGEST_WORD = 5;

export function isNull(text: string): boolean {
  return text.length <= 4 && WORDS.get(text)?.value === null;
}

const FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
const TIMESTAMP =
  /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[Tt](\d{1,2}):(\d{1,2}):(\d{1,2})(?:[.,]\d+)?(?:Z|[-+]\d\d:\d\d)| (\d{1,2}):(\d{1,2}):(\d{1,2})(?:[.,]\d+)?)?$/;
const SEXAGESIMAL = /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$/;

/** What a plain scalar without a tag is for a YAML 1.1 reader as yaml.v2 is one: more than YAML 1.2 says. */
export function resolvePlain(text: string): ResolvedScalar {
  if (text.length <= LONGEST_WORD) {
    const word = WORDS.get(text);
    if (word) return word;
  }
  const code = text.charCodeAt(0);
  // A sign, a point or a digit.
  if (code > 57 || code < 43 || code === 44 || code === 47) return { tag: "!!str", value: text };
  return resolveNumber(text, code) ?? { tag: "!!str", value: text };
}

function resolveNumber(text: string, code: number): ResolvedScalar | null {
  if (code !== 46) {
    if (isTimestamp(text)) return { tag: "!!timestamp", value: text };
    const plain = text.includes("_") ? text.replaceAll("_", "") : text;
    const whole = wholeNumber(plain);
    if (whole !== null) return { tag: "!!int", value: whole };
    return finite(plain);
  }
  return finite(text);
}

function finite(text: string): ResolvedScalar | null {
  if (!FLOAT.test(text)) return null;
  const value = Number(text);
  return Number.isFinite(value) ? { tag: "!!float", value } : null;
}

function isTimestamp(text: string): boolean {
  if (text.charCodeAt(4) !== 45) return false;
  const found = TIMESTAMP.exec(text);
  if (!found) return false;
  const [, year, month, day, ...times] = found.map(Number);
  const [hour = 0, minute = 0, second = 0] = times.filter((part) => !Number.isNaN(part));
  const days = new Date(Date.UTC(2000 + ((year ?? 0) % 400), month ?? 0, 0)).getUTCDate();
  const date = month! >= 1 && month! <= 12 && day! >= 1 && day! <= days;
  return date && hour < 24 && minute < 60 && second < 60;
}

const WHOLE = /^([-+]?)(0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO]?[0-7]+|0|[1-9][0-9]*)$/;
/** More digits than the longest number has in any base; leading zeros are not expected to be many. */
const MOST_DIGITS = 100;
const LEAST = -(2n ** 63n);
const MOST = 2n ** 64n - 1n;

/** As `strconv.ParseInt` reads it with base 0, or `ParseUint` where that is too small. */
function wholeNumber(text: string): number | bigint | null {
  const found = text.length > MOST_DIGITS ? null : WHOLE.exec(text);
  if (!found) return null;
  const sign = found[1];
  const digits = found[2] as string;
  if (digits.length < 16 && (digits[0] !== "0" || digits === "0")) return Number(text) || 0;
  const octal = digits[0] === "0" && digits.length > 1 && digits.charCodeAt(1) <= 55;
  const magnitude = BigInt(octal ? `0o${digits.slice(1)}` : digits.toLowerCase());
  const value = sign === "-" ? -magnitude : magnitude;
  if (value < LEAST || value > (sign === "+" ? -LEAST - 1n : MOST)) return null;
  const small = Number(value);
  return Number.isSafeInteger(small) ? small : value;
}

/** True when any reader, of YAML 1.1 or 1.2, takes the plain text for the same string. */
export function isPlainString(text: string): boolean {
  if (text === "<<" || text === "=" || resolvePlain(text).tag !== "!!str") return false;
  return !SEXAGESIMAL.test(text) && !/^[-+]?[.0-9][0-9_.,]*$/.test(text) && !/^[-+]?0[xob]/.test(text);
}

const LONG = "tag:yaml.org,2002:";
const TYPED = new Set(["!!null", "!!bool", "!!int", "!!float", "!!timestamp"]);

/** `!!int` for `tag:yaml.org,2002:int`. */
export function shortTag(tag: string): string {
  return tag.startsWith(LONG) ? `!!${tag.slice(LONG.length)}` : tag;
}

/** What a scalar with a tag is; a string is why it is refused. */
export function resolveTagged(tag: string, text: string): ResolvedScalar | string {
  const short = shortTag(tag);
  if (tag === short) return { tag, value: text };
  if (short === "!!binary") {
    const value = decodeBase64(text);
    return value === null ? "!!binary value contains invalid base64 data" : { tag: "!!binary", value };
  }
  if (!TYPED.has(short)) return { tag: short, value: text };
  const found = resolvePlain(text);
  if (found.tag === short) return found;
  if (short === "!!float" && found.tag === "!!int") return { tag: short, value: Number(found.value) };
  const shown = found.tag === "!!timestamp" ? "!!str" : found.tag;
  return `cannot decode ${shown} \`${text}\` as a ${short}`;
}

/** Go's standard encoding: padded, line breaks skipped. Bytes that are no UTF-8 become U+FFFD. */
function decodeBase64(text: string): string | null {
  const clean = text.replace(/[\r\n]/g, "");
  if (clean.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(clean)) return null;
  const bytes = Uint8Array.from(atob(clean), (char) => char.charCodeAt(0));
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
}
