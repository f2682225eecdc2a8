import { type Bytes, decodeRune } from "../../go/bytes";
import { marshalJson } from "../../go/json";
import { sprint } from "../../go/sprintf";
import {
  ANYS,
  GoError,
  type GoFunction,
  indirect,
  STRING,
  string,
  type TrustedContent,
  type Value,
} from "../../go/value";
import { attributeContent } from "./attributes";
import { escapeCss, safeCssValue } from "./css";
import { stripTags } from "./strip-tags";

/** What stands where a value would be dangerous. */
const FAILSAFE = "ZgotmplZ";

/** The functions that html/template puts at the end of pipelines. */
export function htmlEscapers(go: number): GoFunction[] {
  const escaper = (name: string, convert: (text: Bytes, content: TrustedContent | "plain") => Bytes) =>
    define(name, (args) => convert(...stringify(args)));
  return [
    escaper("attrescaper", (text, content) =>
      content === "html" ? replace(stripTags(text), MARKUP) : replace(text, HTML),
    ),
    escaper("commentescaper", () => ""),
    escaper("cssescaper", (text) => escapeCss(text)),
    escaper("cssvaluefilter", (text, content) => (content === "css" ? text : (safeCssValue(text, go) ?? FAILSAFE))),
    escaper("htmlescaper", (text, content) => (content === "html" ? text : replace(text, HTML))),
    escaper("htmlnamefilter", nameFilter),
    escaper("jsregexpescaper", (text) => replaceJs(text, JS_REGEXP) || "(?:)"),
    escaper("jsstrescaper", (text, content) => replaceJs(text, content === "jsstr" ? JS_STRING_NORM : JS_STRING)),
    escaper("jstmpllitescaper", (text) => replaceJs(text, JS_TEMPLATE)),
    define("jsvalescaper", jsValue),
    escaper("nospaceescaper", (text, content) => {
      if (text === "" && go >= 20) return FAILSAFE;
      return content === "html" ? replaceUnquoted(stripTags(text), true) : replaceUnquoted(text, false);
    }),
    escaper("rcdataescaper", (text, content) => replace(text, content === "html" ? MARKUP : HTML)),
    escaper("srcsetescaper", srcset),
    escaper("urlescaper", (text, content) => processUrl(text, content === "url")),
    escaper("urlfilter", (text, content) => (content === "url" || isSafeUrl(text) ? text : `#${FAILSAFE}`)),
    escaper("urlnormalizer", (text) => processUrl(text, true)),
    {
      ...{ name: "_eval_args_", params: [ANYS], variadic: true, results: [STRING] },
      call: (args) => string(joined(args)),
    },
  ];
}

function define(name: string, call: (args: readonly Value[]) => Bytes): GoFunction {
  return {
    ...{ name: `_html_template_${name}`, params: [ANYS], variadic: true, results: [STRING] },
    call: (args) => string(call(args)),
  };
}

function joined(args: readonly Value[]): Bytes {
  const only = args.length === 1 ? args[0] : null;
  return only?.type === STRING ? (only.data as Bytes) : sprint(args);
}

/** The text of the arguments (nothing for nothing), and what it may be trusted to be. */
function stringify(args: readonly Value[]): [text: Bytes, content: TrustedContent | "plain"] {
  const only = args.length === 1 ? indirect(args[0]!).value : null;
  if (only?.type === STRING) return [only.data as Bytes, "plain"];
  if (only?.type.trusted) return [only.data as Bytes, only.type.trusted];
  return [sprint(args.filter((arg) => arg !== null).map(pointedAt)), "plain"];
}

function pointedAt(arg: Value): Value {
  return arg?.type.kind === "ptr" ? (indirect(arg).value ?? arg) : arg;
}

const HTML: Record<string, string> = {
  ...{ "\0": "\xef\xbf\xbd", '"': "&#34;", "&": "&amp;", "'": "&#39;", "+": "&#43;", "<": "&lt;", ">": "&gt;" },
};
/** For text that is markup already: its `&` stands. */
const MARKUP: Record<string, string> = { ...HTML, "&": "&" };

function replace(text: Bytes, table: Record<string, string>): Bytes {
  // Most texts have nothing to escape.
  return /[\0"&'+<>]/.test(text) ? text.replace(/[\0"&'+<>]/g, (char) => table[char]!) : text;
}

const UNQUOTED: Record<string, string> = {
  ...HTML,
  ...{ "\0": "&#xfffd;", "\t": "&#9;", "\n": "&#10;", "\v": "&#11;", "\f": "&#12;", "\r": "&#13;" },
  ...{ " ": "&#32;", "=": "&#61;", "`": "&#96;" },
};

function replaceUnquoted(text: Bytes, isMarkup: boolean): Bytes {
  const replaced = text.replace(/[\0"&'+<>\t\n\v\f\r =`]/g, (char) =>
    isMarkup && char === "&" ? char : UNQUOTED[char]!,
  );
  // Characters that some browsers take for space.
  return replaceRunes(replaced, (rune) =>
    (rune >= 0xfdd0 && rune <= 0xfdef) || (rune >= 0xfff0 && rune <= 0xffff) ? `&#x${rune.toString(16)};` : null,
  );
}

function replaceRunes(text: Bytes, map: (rune: number, char: Bytes) => string | null): Bytes {
  let replaced = "";
  for (let at = 0; at < text.length; ) {
    const { rune, width } = decodeRune(text, at);
    const char = text.slice(at, at + width);
    replaced += map(rune, char) ?? char;
    at += width;
  }
  return replaced;
}

function nameFilter(text: Bytes, content: TrustedContent | "plain"): Bytes {
  if (content === "attr") return text;
  const name = text.toLowerCase();
  if (name === "" || attributeContent(name) !== "plain") return FAILSAFE;
  return /^[a-z0-9]+$/.test(name) ? name : FAILSAFE;
}

const unicode = (chars: string) =>
  Object.fromEntries(Array.from(chars, (char) => [char, `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`]));
const JS_STRING_NORM: Record<string, string> = { ...unicode("\"`&'+<>"), "/": "\\/" };
const JS_STRING: Record<string, string> = { ...JS_STRING_NORM, "\\": "\\\\" };
const JS_TEMPLATE: Record<string, string> = { ...JS_STRING, ...unicode("$"), ...unicode("{}") };
const JS_REGEXP: Record<string, string> = {
  ...unicode("\"&'+<>"),
  ...Object.fromEntries(Array.from("$()*-./?[\\]^{|}", (char) => [char, `\\${char}`])),
};
const JS_CONTROL: Record<string, string> = { "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r" };

function replaceJs(text: Bytes, table: Record<string, string>): Bytes {
  return replaceRunes(text, (rune, char) => {
    if (rune < 0x20) return JS_CONTROL[char] ?? `\\u${rune.toString(16).padStart(4, "0")}`;
    if (rune === 0x2028 || rune === 0x2029) return `\\u${rune.toString(16)}`;
    return table[char] ?? null;
  });
}

function jsValue(args: readonly Value[]): Bytes {
  const only = args.length === 1 ? indirect(args[0]!).value : string(sprint(args));
  if (only?.type.trusted === "js") return only.data as Bytes;
  if (only?.type.trusted === "jsstr") return `"${only.data}"`;
  const methods = only?.type.methods;
  // What knows its own JSON is not asked for its text.
  const shown = methods?.String && !methods.MarshalJSON ? methods.String.call([only!]) : only;
  let json: Bytes;
  try {
    json = marshalJson(shown);
  } catch (error) {
    if (!(error instanceof GoError)) throw error;
    return ` /* ${error.text.replaceAll("*/", "* /").replaceAll("<", "\\x3C")} */null `;
  }
  const pad = /^[$0-9A-Za-z_]|[$0-9A-Za-z_]$/.test(json) ? " " : "";
  return pad + json + pad;
}

function isSafeUrl(url: Bytes): boolean {
  const colon = url.indexOf(":");
  if (colon < 0 || url.slice(0, colon).includes("/")) return true;
  return /^(https?|mailto)$/i.test(url.slice(0, colon));
}

/** Percent-encodes; normalising leaves what has a meaning in URLs, and escapes that are there. */
function processUrl(url: Bytes, normalise: boolean): Bytes {
  return url.replace(/[^a-zA-Z0-9\-._~]/g, (char, at: number) => {
    if (normalise && "!#$&*+,/:;=?@[]".includes(char)) return char;
    if (normalise && char === "%" && /^[0-9a-fA-F]{2}$/.test(url.slice(at + 1, at + 3))) return char;
    return `%${char.charCodeAt(0).toString(16).padStart(2, "0")}`;
  });
}

function srcset(text: Bytes, content: TrustedContent | "plain"): Bytes {
  if (content === "srcset") return text;
  if (content === "url") return processUrl(text, true).replaceAll(",", "%2c");
  return text.split(",").map(srcsetElement).join(",");
}

function srcsetElement(element: Bytes): Bytes {
  const [, space = "", url = "", metadata = ""] = /^([\t\n\f\r ]*)([^\t\n\f\r ]*)([\s\S]*)$/.exec(element) ?? [];
  if (!isSafeUrl(url) || !/^[\t\n\f\r a-zA-Z0-9]*$/.test(metadata)) return `#${FAILSAFE}`;
  return space + processUrl(url, true) + metadata;
}
