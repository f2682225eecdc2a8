const MOST_BYTES = 2000;
const MARK = "••••";
/** A shorter part of an address is a word like `api`, not a secret. */
const SHORTEST_PART = 8;

/** Takes opened secrets out of what others wrote, in every form in which they may come back. */
export class Redactor {
  readonly #forms = new Set<string>();

  constructor(secrets: Iterable<string>) {
    for (const secret of secrets) this.add(secret);
  }

  /** Also one that was learnt on the way, such as an access token. */
  add(secret: string): void {
    for (const part of partsOf(secret.trim())) {
      const base64 = Buffer.from(part, "utf8").toString("base64");
      const json = JSON.stringify(part).slice(1, -1);
      const forms = [part, encodeURI(wellFormed(part)), encodeURIComponent(wellFormed(part)), json];
      forms.push(json.replaceAll("/", "\\/"), part.replaceAll("&", "&amp;"), base64, base64.replace(/=+$/, ""));
      for (const form of forms) if (form !== "") this.#forms.add(form);
    }
  }

  clean(text: string): string {
    // The longest first: a part of it must not leave the rest.
    const forms = [...this.#forms].sort((a, b) => b.length - a.length);
    return forms.reduce((cleaned, form) => cleaned.replaceAll(form, MARK), text);
  }

  /** The beginning, cleaned before it is cut: half a secret is not left at the end. */
  clip(text: string): string {
    const clean = this.clean(text).replace(/[^\P{Cc}\n\t]/gu, "");
    return clean.length > MOST_BYTES ? `${clean.slice(0, MOST_BYTES - 1)}…` : clean;
  }
}

function wellFormed(text: string): string {
  return text.toWellFormed();
}

/** Of an address also its path, its long parts and what is in its query. */
function partsOf(secret: string): string[] {
  const url = /^https?:/i.test(secret) && URL.canParse(secret) ? new URL(secret) : null;
  if (!url) return [secret];
  const path = `${url.pathname}${url.search}`;
  const long = url.pathname.split("/").filter((part) => part.length >= SHORTEST_PART);
  const query = [...url.searchParams.values()].filter((value) => value.length >= 4);
  const whole = path.length > 4 ? [path.slice(1)] : [];
  return [secret, url.href, ...whole, ...long, ...query, ...[url.username, url.password].filter((part) => part !== "")];
}
