/** What a plain scalar is for a YAML 1.1 reader (yaml.v2): more than YAML 1.2 says. */
export type Resolved =
  | { tag: "!!null"; value: null }
  | { tag: "!!bool"; value: boolean }
  | { tag: "!!int"; value: number | bigint }
  | { tag: "!!float"; value: number }
  | { tag: "!!timestamp" | "!!merge" | "!!str"; value: string };

const NULL = /^(?:|~|null|Null|NULL)$/;
const TRUE = /^(?:y|Y|yes|Yes|YES|true|True|TRUE|on|On|ON)$/;
const FALSE = /^(?:n|N|no|No|NO|false|False|FALSE|off|Off|OFF)$/;
const INT = /^([-+]?)(?:0b([01_]+)|0x([0-9a-fA-F_]+)|0o?([0-7_]+)|([1-9][0-9_]*|0))$/;
const FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
const INFINITY = /^[-+]?\.(?:inf|Inf|INF)$/;
const NAN = /^\.(?:nan|NaN|NAN)$/;
const TIMESTAMP = /^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:$|[Tt\s])/;
const SEXAGESIMAL = /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$/;

export function resolvePlain(text: string): Resolved {
  if (NULL.test(text)) return { tag: "!!null", value: null };
  if (TRUE.test(text)) return { tag: "!!bool", value: true };
  if (FALSE.test(text)) return { tag: "!!bool", value: false };
  if (text === "<<") return { tag: "!!merge", value: text };
  if (!/^[-+.0-9]/.test(text)) return { tag: "!!str", value: text };
  const int = INT.exec(text);
  if (int) return { tag: "!!int", value: integer(int) };
  const plain = text.replaceAll("_", "");
  if (/^[-+]?[0-9]+$/.test(plain)) return { tag: "!!int", value: small(BigInt(plain.replace(/^\+/, ""))) };
  if (FLOAT.test(plain)) return { tag: "!!float", value: Number(plain) };
  if (INFINITY.test(text)) return { tag: "!!float", value: text.startsWith("-") ? -Infinity : Infinity };
  if (NAN.test(text)) return { tag: "!!float", value: Number.NaN };
  if (TIMESTAMP.test(text)) return { tag: "!!timestamp", value: text };
  return { tag: "!!str", value: text };
}

function integer([, sign, binary, hex, octal, decimal]: RegExpExecArray): number | bigint {
  const digits = (binary ?? hex ?? octal ?? decimal ?? "0").replaceAll("_", "") || "0";
  const prefix = binary !== undefined ? "0b" : hex !== undefined ? "0x" : octal !== undefined ? "0o" : "";
  const value = BigInt(prefix + digits);
  return small(sign === "-" ? -value : value);
}

function small(value: bigint): number | bigint {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

/** True when any reader, of YAML 1.1 or 1.2, takes the plain text for the same string. */
export function isPlainString(text: string): boolean {
  if (resolvePlain(text).tag !== "!!str" || text === "=") return false;
  return !SEXAGESIMAL.test(text) && !/^[-+]?[.0-9][0-9_.,]*$/.test(text) && !/^[-+]?0[xob]/.test(text);
}
