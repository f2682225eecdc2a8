import { type Bytes, decodeRune } from "./bytes";
import { PLAIN, type Spec } from "./fmt-text";
import { formatOperand } from "./fmt-value";
import { GoError, unwrapInterface, type Value } from "./value";

/** Go's own bound of widths and precisions. */
const LARGEST = 1_000_000;

/** Go's `fmt.Sprintf`. @throws GoError when the text grows beyond `limit` bytes (our own bound). */
export function sprintf(format: Bytes, operands: readonly Value[], limit = Number.POSITIVE_INFINITY): Bytes {
  return new Printer(format, operands, limit).print();
}

class Printer {
  private text = "";
  private at = 0;
  private next = 0;
  private reordered = false;
  private goodIndex = true;

  constructor(
    private readonly format: Bytes,
    private readonly operands: readonly Value[],
    private readonly limit: number,
  ) {}

  print(): Bytes {
    while (this.at < this.format.length) {
      const percent = this.format.indexOf("%", this.at);
      this.text += this.format.slice(this.at, percent < 0 ? undefined : percent);
      if (percent < 0) break;
      this.at = percent + 1;
      this.verb();
      if (this.text.length > this.limit) throw new GoError("output too large");
    }
    if (!this.reordered && this.next < this.operands.length) this.text += this.extra();
    return this.text;
  }

  private extra(): Bytes {
    const rest = this.operands.slice(this.next).map((operand) => {
      const value = unwrapInterface(operand);
      return value ? `${value.type.name}=${formatOperand(value, "v", PLAIN)}` : "<nil>";
    });
    return `%!(EXTRA ${rest.join(", ")})`;
  }

  private verb(): void {
    const spec: Spec = { ...PLAIN };
    const flags: Record<string, "sharp" | "zero" | "plus" | "minus" | "space"> = {
      "#": "sharp",
      "0": "zero",
      "+": "plus",
      "-": "minus",
      " ": "space",
    };
    for (let flag = flags[this.format[this.at] ?? ""]; flag; flag = flags[this.format[++this.at] ?? ""])
      spec[flag] = true;
    this.goodIndex = true;
    this.reorder();
    this.width(spec);
    // A full stop at the very end is taken for the verb.
    if (this.format[this.at] === "." && this.at + 1 < this.format.length) this.precision(spec);
    if (!this.afterIndex) this.reorder();
    if (this.at >= this.format.length) {
      this.text += "%!(NOVERB)";
      return;
    }
    const { width } = decodeRune(this.format, this.at);
    const verb = this.format.slice(this.at, this.at + width);
    this.at += width;
    this.operand(verb, spec);
  }

  private afterIndex = false;

  private width(spec: Spec): void {
    if (this.format[this.at] === "*") {
      this.at++;
      const width = this.star();
      if (width === null) this.text += "%!(BADWIDTH)";
      else if (width < 0) {
        spec.width = -width;
        spec.minus = true;
      } else spec.width = width;
      this.afterIndex = false;
      return;
    }
    const digits = this.digits();
    if (digits === "") return;
    // "%[3]2d" is no verb.
    if (this.afterIndex) this.goodIndex = false;
    spec.width = Number(digits);
  }

  private precision(spec: Spec): void {
    this.at++;
    if (this.afterIndex) this.goodIndex = false;
    this.reorder();
    if (this.format[this.at] === "*") {
      this.at++;
      const precision = this.star();
      if (precision === null || precision < 0) this.text += "%!(BADPREC)";
      else spec.precision = precision;
      this.afterIndex = false;
      return;
    }
    const digits = this.digits();
    if (digits !== "" && this.afterIndex) this.goodIndex = false;
    spec.precision = Number(digits);
  }

  /** A number; Go gives up on the whole format when it gets too large. */
  private digits(): string {
    const start = this.at;
    for (; /^[0-9]$/.test(this.format[this.at] ?? ""); this.at++) {
      if (Number(this.format.slice(start, this.at)) <= LARGEST) continue;
      this.at = this.format.length;
      return "";
    }
    return this.format.slice(start, this.at);
  }

  private star(): number | null {
    const value = unwrapInterface(this.operands[this.next] ?? null);
    if (this.next < this.operands.length) this.next++;
    else return null;
    if (value?.type.kind !== "int" && value?.type.kind !== "uint") return null;
    const number = value.data as bigint;
    return number > BigInt(LARGEST) || number < -BigInt(LARGEST) ? null : Number(number);
  }

  /** Reads `[n]`, which says which operand comes next. */
  private reorder(): void {
    this.afterIndex = false;
    if (this.format[this.at] !== "[") return;
    this.reordered = true;
    const close = this.format.indexOf("]", this.at);
    if (close < 0) {
      this.goodIndex = false;
      this.at++;
      return;
    }
    const text = this.format.slice(this.at + 1, close);
    this.at = close + 1;
    this.afterIndex = true;
    const number = /^[0-9]{1,7}$/.test(text) ? Number(text) : 0;
    if (number < 1 || number > this.operands.length) {
      this.goodIndex = false;
      return;
    }
    this.next = number - 1;
  }

  private operand(verb: Bytes, spec: Spec): void {
    if (verb === "%") {
      this.text += "%";
      return;
    }
    if (!this.goodIndex) {
      this.text += `%!${verb}(BADINDEX)`;
      return;
    }
    if (this.next >= this.operands.length) {
      this.text += `%!${verb}(MISSING)`;
      return;
    }
    const operand = this.operands[this.next++]!;
    if (verb === "v" && spec.sharp) [spec.sharp, spec.sharpV] = [false, true];
    if (verb === "v" && spec.plus) [spec.plus, spec.plusV] = [false, true];
    this.text += formatOperand(operand ?? null, verb, spec);
  }
}

/** Go's `fmt.Sprint`: blanks between operands when neither is a string. */
export function sprint(operands: readonly Value[]): Bytes {
  let text = "";
  let previousIsText = false;
  for (const [index, operand] of operands.entries()) {
    const isText = unwrapInterface(operand)?.type.kind === "string";
    if (index > 0 && !isText && !previousIsText) text += " ";
    text += formatOperand(operand, "v", PLAIN);
    previousIsText = isText;
  }
  return text;
}

/** Go's `fmt.Sprintln`. */
export function sprintln(operands: readonly Value[]): Bytes {
  return `${operands.map((operand) => formatOperand(operand, "v", PLAIN)).join(" ")}\n`;
}

/** Go's `%v` of one value. */
export function printed(value: Value): Bytes {
  return formatOperand(value, "v", PLAIN);
}
