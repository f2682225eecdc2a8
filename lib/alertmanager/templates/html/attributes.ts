export type AttributeContent = "plain" | "url" | "css" | "js" | "html" | "srcset" | "unsafe";

const words = (text: string) => text.split(" ");
const KNOWN = new Map<string, AttributeContent>([
  ...words(
    "action archive background cite classid codebase data formaction href icon longdesc manifest poster profile src usemap xmlns",
  ).map((name) => [name, "url"] as const),
  ...words(
    "accept-charset async challenge charset content crossorigin defer enctype form formenctype formmethod formnovalidate",
  ).map((name) => [name, "unsafe"] as const),
  ...words("http-equiv keytype language method novalidate pattern rel sandbox type value").map(
    (name) => [name, "unsafe"] as const,
  ),
  ["style", "css"],
  ["srcdoc", "html"],
  ["srcset", "srcset"],
  ["srclang", "plain"],
]);

/** What html/template takes the value of an attribute (name in lower case) for. */
export function attributeContent(attribute: string): AttributeContent {
  let name = attribute;
  if (name.startsWith("data-")) name = name.slice(5);
  else if (name.includes(":")) {
    if (name.startsWith("xmlns:")) return "url";
    name = name.slice(name.indexOf(":") + 1);
  }
  const known = KNOWN.get(name);
  if (known) return known;
  if (name.startsWith("on")) return "js";
  return /src|uri|url/.test(name) ? "url" : "plain";
}

const JS_TYPES = new Set([
  ...words(
    "application/ecmascript application/javascript application/json application/ld+json application/x-ecmascript",
  ),
  ...words("application/x-javascript module text/ecmascript text/javascript text/jscript text/livescript"),
  ...words("text/x-ecmascript text/x-javascript"),
  ...[0, 1, 2, 3, 4, 5].map((minor) => `text/javascript1.${minor}`),
]);

/** Whether a script element of this type holds JavaScript or JSON. */
export function isJsType(type: string): boolean {
  return JS_TYPES.has(type.split(";")[0]!.toLowerCase().trim());
}

/** The named entities that stand for characters of ASCII; no other can change where in a document we are. */
const ENTITIES: Record<string, string> = {
  ...{ quot: '"', QUOT: '"', amp: "&", AMP: "&", lt: "<", LT: "<", gt: ">", GT: ">", apos: "'" },
  ...{ Tab: "\t", NewLine: "\n", excl: "!", num: "#", dollar: "$", percnt: "%", lpar: "(", rpar: ")", ast: "*" },
  ...{ midast: "*", plus: "+", comma: ",", period: ".", sol: "/", colon: ":", semi: ";", equals: "=", quest: "?" },
  ...{ commat: "@", lsqb: "[", lbrack: "[", bsol: "\\", rsqb: "]", rbrack: "]", Hat: "^", lowbar: "_", UnderBar: "_" },
  ...{ grave: "`", DiacriticalGrave: "`", lcub: "{", lbrace: "{", verbar: "|", vert: "|", VerticalLine: "|" },
  ...{ rcub: "}", rbrace: "}", nbsp: "\xc2\xa0" },
};

/** Decodes character references as far as they matter for the context. */
export function unescapeHtml(text: string): string {
  if (!text.includes("&")) return text;
  return text
    .replace(/&#(?:[xX]([0-9a-fA-F]{1,6})|([0-9]{1,7}));?/g, (_, hex?: string, decimal?: string) => {
      const code = hex ? Number.parseInt(hex, 16) : Number(decimal);
      return code > 0 && code < 0x80 ? String.fromCharCode(code) : "\xef\xbf\xbd";
    })
    .replace(/&(quot|QUOT|amp|AMP|lt|LT|gt|GT)(?!;)/g, (_, name: string) => ENTITIES[name]!)
    .replace(/&([A-Za-z]+);/g, (whole, name: string) => (Object.hasOwn(ENTITIES, name) ? ENTITIES[name]! : whole));
}
