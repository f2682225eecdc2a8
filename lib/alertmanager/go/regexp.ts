import { RE2JS } from "re2js";
import { type Bytes, fromBytesMarked, toBytes, toBytesMarked } from "./bytes";

export type CompiledRe2 = { ok: true; regexp: Re2 } | { ok: false; error: Bytes };

const cache = new Map<Bytes, CompiledRe2>();
const CACHE_LIMIT = 200;

/** Compiles with RE2; the error is Go's `error parsing regexp: …`. */
export function compileRe2(pattern: Bytes): CompiledRe2 {
  let compiled = cache.get(pattern);
  if (!compiled) {
    if (cache.size >= CACHE_LIMIT) cache.clear();
    compiled = compile(fromBytesMarked(pattern));
    cache.set(pattern, compiled);
  }
  return compiled;
}

function compile(pattern: string): CompiledRe2 {
  if (!pattern.isWellFormed()) {
    const from = [...pattern].findIndex((char) => !char.isWellFormed());
    const rest = [...pattern].slice(from).join("");
    return { ok: false, error: `error parsing regexp: invalid UTF-8: \`${toBytesMarked(rest)}\`` };
  }
  try {
    return { ok: true, regexp: new Re2(RE2JS.compile(pattern)) };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    // Go lets several groups share a name.
    if (message.includes("duplicate capture group name")) return compile(pattern.replace(/\(\?P?<\w+>/g, "("));
    return { ok: false, error: toBytes(message) };
  }
}

class Re2 {
  constructor(private readonly compiled: RE2JS) {}

  /** Go's `MatchString`: anywhere in the text. */
  matches(text: Bytes): boolean {
    return this.compiled.matcher(fromBytesMarked(text).toWellFormed()).find();
  }

  /** Go's `ReplaceAllString`: `$1`, `${1}` and `$name` in the template stand for groups. Null beyond `limit` characters. */
  replaceAll(text: Bytes, template: Bytes, limit: number): Bytes | null {
    // What is no UTF-8 is matched as U+FFFD and copied as it is.
    const source = fromBytesMarked(text);
    const parts = parseTemplate(fromBytesMarked(template));
    const matcher = this.compiled.matcher(source.toWellFormed());
    const names = this.compiled.namedGroups();
    let result = "";
    let copied = 0;
    let at = 0;
    let last = -1;
    while (at <= source.length && matcher.find(at)) {
      const [start, end] = [matcher.start(0), matcher.end(0)];
      result += source.slice(copied, start);
      // An empty match right behind another one is none.
      if (end > last) {
        for (const part of parts) {
          if ("text" in part) result += part.text;
          else {
            const group = /^(?:0|[1-9][0-9]*)$/.test(part.group) ? Number(part.group) : names[part.group];
            if (group === undefined || group > matcher.groupCount()) continue;
            if (matcher.start(group) >= 0) result += source.slice(matcher.start(group), matcher.end(group));
          }
        }
      }
      if (result.length > limit) return null;
      copied = end;
      last = end;
      at = end > at ? end : at + ((source.codePointAt(at) ?? 0) > 0xffff ? 2 : 1);
    }
    return toBytesMarked(result + source.slice(copied));
  }
}

type TemplatePart = { text: string } | { group: string };

function parseTemplate(template: string): TemplatePart[] {
  const parts: TemplatePart[] = [];
  let rest = template;
  while (rest) {
    const dollar = rest.indexOf("$");
    if (dollar < 0) {
      parts.push({ text: rest });
      break;
    }
    if (dollar > 0) parts.push({ text: rest.slice(0, dollar) });
    rest = rest.slice(dollar);
    if (rest.startsWith("$$")) {
      parts.push({ text: "$" });
      rest = rest.slice(2);
      continue;
    }
    const name = /^\$\{([\p{L}\p{Nd}_]+)\}/u.exec(rest) ?? /^\$([\p{L}\p{Nd}_]+)/u.exec(rest);
    if (name) parts.push({ group: name[1]! });
    else parts.push({ text: "$" });
    rest = rest.slice(name ? name[0].length : 1);
  }
  return parts;
}
