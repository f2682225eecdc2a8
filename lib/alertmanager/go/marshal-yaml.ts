import {
  plainTag,
  type ScalarShape,
  shapeOf,
  WIDTH,
  writeDouble,
  writeLiteral,
  writePlain,
  writeSingle,
} from "./yaml-scalar";

/** A token that is written as it stands: a number, a boolean. */
export class Token {
  readonly token = true;
  constructor(readonly text: string) {}
}

/** A list on one line, as some structs ask for. */
export class FlowList {
  constructor(readonly items: readonly string[]) {}
}

/**
 * A text that asks for one line as if it were a list: the wish falls to the next item of a list that follows, a mapping
 * even, as upstream's marshaller has it.
 */
export class FlowText {
  readonly flow = true;
  constructor(readonly text: string) {}
}

/** What is marshalled: mappings keep the order of their entries. */
export type Marshalled =
  | null
  | boolean
  | number
  | string
  | Token
  | FlowText
  | FlowList
  | Marshalled[]
  | Map<string | Token, Marshalled>;

/**
 * Writes a value as Go's `gopkg.in/yaml.v2` marshals it: two spaces deep, list items in line with their key, strings
 * plain where they stay strings, folded behind column 80, literal where they hold line breaks.
 */
export function marshalYaml(value: Marshalled): string {
  if (isEmpty(value)) return `${Array.isArray(value) ? "[]" : "{}"}\n`;
  const writer = new Writer();
  if (value instanceof Map) writer.mapping(value, 0, true);
  else if (Array.isArray(value)) writer.sequence(value, 0, true);
  else writer.scalar(value, 0, false);
  return writer.text.endsWith("\n") ? writer.text : `${writer.text}\n`;
}

function isEmpty(value: Marshalled): boolean {
  return (Array.isArray(value) && value.length === 0) || (value instanceof Map && value.size === 0);
}

class Writer {
  text = "";
  /** The next collection goes on one line. */
  #flowing = false;

  /** `inline`: the first entry goes on the line that has been begun. */
  mapping(map: ReadonlyMap<string | Token, Marshalled>, indent: number, inline: boolean) {
    let first = inline;
    for (const [key, value] of map) {
      if (!first) this.#newLine(indent);
      first = false;
      const written = this.#key(key, indent);
      this.text += written;
      this.#flowing = false;
      this.#value(value, indent, "map");
    }
  }

  sequence(items: readonly Marshalled[], indent: number, inline: boolean) {
    let first = inline;
    for (const item of items) {
      if (!first) this.#newLine(indent);
      first = false;
      this.text += "-";
      this.#value(item, indent, "list");
    }
  }

  scalar(value: Exclude<Marshalled, Marshalled[] | Map<string | Token, Marshalled>>, indent: number, key: boolean) {
    if (value instanceof Token) this.text += value.text;
    else if (value instanceof FlowList) this.#flow(value.items, indent);
    else if (value instanceof FlowText) {
      this.text += this.#string(value.text, indent, false);
      this.#flowing = true;
    } else if (typeof value === "string") this.text += this.#string(value, indent, key);
    else this.text += String(value);
  }

  /** One line between brackets, and a new one where column 80 has been passed; everything inside is written so too. */
  #flow(value: readonly Marshalled[] | Map<string | Token, Marshalled>, indent: number) {
    const list = !(value instanceof Map);
    const entries: [string | Token | null, Marshalled][] = [];
    if (value instanceof Map) entries.push(...value);
    else for (const item of value) entries.push([null, item]);
    this.text += list ? "[" : "{";
    entries.forEach(([key, item], index) => {
      if (index > 0) this.text += ",";
      if (this.#column() > WIDTH) this.text += `\n${" ".repeat(indent)}`;
      else if (index > 0) this.text += " ";
      this.#flowing = false;
      if (key !== null) this.text += `${key instanceof Token ? key.text : this.#flowString(key, indent, true)}: `;
      this.#flowItem(item, indent);
    });
    this.text += list ? "]" : "}";
  }

  #flowItem(item: Marshalled, indent: number) {
    if (item instanceof FlowText) {
      this.text += this.#flowString(item.text, indent, false);
      this.#flowing = true;
    } else if (item instanceof FlowList) this.#flow(item.items, indent + 2);
    else if (Array.isArray(item) || item instanceof Map) this.#flow(item, indent + 2);
    else if (typeof item === "string") this.text += this.#flowString(item, indent, false);
    else this.scalar(item, indent, false);
  }

  #flowString(text: string, indent: number, key: boolean): string {
    const style = styleOf(text, { ...shapeOf(text), plain: fitsFlow(text), block: false }, key);
    const place = { column: this.#column(), indent: indent + 2, breaks: !key };
    if (style === "plain") return writePlain(text, place);
    return style === "single" ? writeSingle(text, place) : writeDouble(text, place);
  }

  #newLine(indent: number) {
    if (!this.text.endsWith("\n")) this.text += "\n";
    this.text += " ".repeat(indent);
  }

  #column(): number {
    return [...this.text.slice(this.text.lastIndexOf("\n") + 1)].length;
  }

  #key(key: string | Token, indent: number): string {
    if (key instanceof Token) return `${key.text}:`;
    const shape = shapeOf(key);
    // A key that is long or of several lines needs the explicit form.
    const bytes = new TextEncoder().encode(key).length;
    if (bytes > 128 || shape.multiline) {
      const before = this.text;
      this.text += "? ";
      this.text += this.#string(key, indent, false);
      this.#newLine(indent);
      const written = `${this.text.slice(before.length)}:`;
      this.text = before;
      return written;
    }
    return `${this.#string(key, indent, true)}:`;
  }

  #value(value: Marshalled, indent: number, inside: "map" | "list") {
    if (isEmpty(value)) {
      this.text += Array.isArray(value) ? " []" : " {}";
      return;
    }
    if (this.#flowing && (value instanceof Map || Array.isArray(value))) {
      this.#flowing = false;
      this.text += " ";
      return this.#flow(value, indent + 2);
    }
    if (value instanceof Map) {
      if (inside === "list") {
        this.text += " ";
        return this.mapping(value, indent + 2, true);
      }
      return this.mapping(value, indent + 2, false);
    }
    if (Array.isArray(value)) {
      if (inside === "list") {
        this.text += " ";
        return this.sequence(value, indent + 2, true);
      }
      // A list stands in line with the key it belongs to.
      return this.sequence(value, indent, false);
    }
    this.text += " ";
    this.scalar(value, indent + 2, false);
  }

  #string(value: string, indent: number, key: boolean): string {
    const shape = shapeOf(value);
    const style = styleOf(value, shape, key);
    const place = { column: this.#column(), indent, breaks: !key };
    if (style === "plain") return writePlain(value, place);
    if (style === "single") return writeSingle(value, place);
    return style === "double" ? writeDouble(value, place) : writeLiteral(value, indent);
  }
}

/** Between brackets more characters need quotes. */
function fitsFlow(text: string): boolean {
  return text !== "" && shapeOf(text).plain && !/[,?[\]{}:]/.test(text);
}

type Style = "plain" | "single" | "double" | "literal";

function styleOf(value: string, shape: ScalarShape, key: boolean): Style {
  let style: Style = "double";
  if (value.includes("\n")) style = "literal";
  else if (plainTag(value)) style = "plain";
  if (key && shape.multiline) style = "double";
  if (style === "plain" && (!shape.plain || (value === "" && key))) style = "single";
  if (style === "single" && !shape.single) style = "double";
  if (style === "literal" && (!shape.block || key)) style = "double";
  return style;
}
