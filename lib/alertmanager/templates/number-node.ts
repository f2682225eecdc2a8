import { parseFloat64, parseInt64, parseUint } from "../go/number";
import { quoteBytes, unquoteChar } from "../go/quote-bytes";
import type { Complex } from "../go/value";
import type { Token } from "./lexer";
import type { NumberNode } from "./nodes";

/** Reads a number or character constant into all types that can hold it; a string is Go's error. */
export function numberNode({ at, text, kind }: Token): NumberNode | string {
  const node: NumberNode = {
    kind: "number",
    at,
    text,
    int: null,
    uint: null,
    float: null,
    complex: null,
    isChar: false,
  };
  if (kind === "charConstant") {
    const char = unquoteChar(text, 1, "'");
    if (!char) return "invalid syntax";
    if (text.slice(char.next) !== "'") return `malformed character constant: ${text}`;
    const value = BigInt(char.value);
    return { ...node, int: value, uint: value, float: char.value, isChar: true };
  }
  if (kind === "complex") {
    const split = /^(.*[^eEpP])([+-].*)i$/.exec(text);
    const [real, imaginary] = [parseFloat64(split?.[1] ?? ""), parseFloat64(split?.[2] ?? "")];
    if (!real.ok || !imaginary.ok) return "syntax error scanning complex number";
    return simplified(node, { real: real.value, imaginary: imaginary.value });
  }
  if (text.endsWith("i")) {
    const imaginary = parseFloat64(text.slice(0, -1));
    if (imaginary.ok) return simplified(node, { real: 0, imaginary: imaginary.value });
  }
  node.uint = parseUint(text);
  node.int = parseInt64(text);
  if (node.int === 0n) node.uint = 0n;
  if (node.int !== null) node.float = Number(node.int);
  else if (node.uint !== null) node.float = Number(node.uint);
  else {
    const float = parseFloat64(text);
    if (float.ok) {
      if (!/[.eEpP]/.test(text)) return `integer overflow: ${quoteBytes(text)}`;
      node.float = float.value;
      setIntegers(node, float.value);
    }
  }
  return node.float === null ? `illegal number syntax: ${quoteBytes(text)}` : node;
}

function setIntegers(node: NumberNode, value: number): void {
  if (!Number.isInteger(value)) return;
  const integer = BigInt(value);
  if (integer === BigInt.asIntN(64, integer)) node.int = integer;
  if (integer === BigInt.asUintN(64, integer)) node.uint = integer;
}

/** A complex number without imaginary part can also be a real one. */
function simplified(node: NumberNode, complex: Complex): NumberNode {
  const result: NumberNode = { ...node, complex };
  if (complex.imaginary === 0) {
    result.float = complex.real;
    setIntegers(result, complex.real);
  }
  return result;
}

/** Whether a constant without type is a float: it is written with point or exponent. */
export function looksLikeFloat({ text, float, isChar }: NumberNode): boolean {
  const hexInteger = /^0[xX]/.test(text) && !/[pP]/.test(text);
  return float !== null && !hexInteger && !isChar && /[.eEpP]/.test(text);
}
