/**
 * What the frame of a mail may do: show text and its styles. It runs nothing, sends nothing and fetches nothing, also no
 * pictures but those that the mail brings along.
 */
const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; base-uri 'none'; form-action 'none'";

const DOCTYPE = /^\s*<!doctype[^>]*>/i;

/**
 * The page of a mail for `srcdoc`. A frame without an address of its own takes over the policy of the page around it, which lets
 * in only style sheets with its nonce, so each gets it; without quotes, because a mail may hold `<style` within quotes.
 */
export function mailDocument(html: string, nonce: string | undefined): string {
  const doctype = DOCTYPE.exec(html)?.[0] ?? "<!doctype html>";
  const sheets = nonce && /^[\w+/=-]+$/.test(nonce) ? ` nonce=${nonce} ` : "";
  const page = html
    .replace(DOCTYPE, "")
    .replace(/<style(?=[\s/>])/gi, (tag) => tag + sheets)
    // A browser would look up hosts that it names ahead of time; no policy forbids that.
    .replace(/<link(?=[\s/>])/gi, "<x-link");
  const head = [
    `<meta http-equiv="Content-Security-Policy" content="${POLICY}">`,
    '<meta http-equiv="x-dns-prefetch-control" content="off">',
    '<meta name="color-scheme" content="light">',
    '<base target="_blank">',
  ];
  return `${doctype}<head>${head.join("")}${page}`;
}

/** Whether a mail asks for something from elsewhere, which no preview loads. */
export function asksForRemote(html: string): boolean {
  return /\b(?:src|srcset|background|poster)\s*=\s*["']?\s*(?:https?:)?\/\/|url\(\s*["']?\s*(?:https?:)?\/\/|@import|<link[\s/]/i.test(
    html,
  );
}
