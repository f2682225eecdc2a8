import { type NextRequest, NextResponse } from "next/server";
import { env } from "@/lib/env";

/** Nothing runs in the page but what carries this request's nonce, and what such a script loads itself. */
function contentSecurityPolicy(nonce: string, development: boolean): string {
  return [
    "default-src 'none'",
    // React's development build rebuilds stack traces with eval; the production build has none.
    `script-src 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ""}`,
    development ? "style-src 'self' 'unsafe-inline'" : `style-src 'self' 'nonce-${nonce}'`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    `connect-src 'self'${development ? " ws:" : ""}`,
    "worker-src 'self' blob:",
    "manifest-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "object-src 'none'",
  ].join("; ");
}

/** What of a browser's powers no page of ours uses. */
const DENIED = [
  "accelerometer",
  "autoplay",
  "browsing-topics",
  "camera",
  "display-capture",
  "encrypted-media",
  "geolocation",
  "gyroscope",
  "hid",
  "idle-detection",
  "local-fonts",
  "magnetometer",
  "microphone",
  "midi",
  "payment",
  "picture-in-picture",
  "screen-wake-lock",
  "serial",
  "usb",
  "xr-spatial-tracking",
];

const ALWAYS = {
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "referrer-policy": "same-origin",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  // Passkeys are made and shown by our own pages only.
  "permissions-policy": [
    ...DENIED.map((name) => `${name}=()`),
    "publickey-credentials-create=(self)",
    "publickey-credentials-get=(self)",
  ].join(", "),
} as const;

const TWO_YEARS = 2 * 365 * 24 * 3600;

const REQUEST_ID = /^[\w.-]{8,64}$/;

/** As the browser sees us: the listener or a trusted proxy says so, and PUBLIC_URL does for a proxy that says nothing. */
function isEncrypted(request: NextRequest): boolean {
  const spoken = request.headers.get("x-forwarded-proto") ?? request.nextUrl.protocol;
  return spoken.startsWith("https") || env().PUBLIC_URL?.startsWith("https:") === true;
}

/** A cache in front that goes by the end of a path would keep a page for the next who asks; no page of ours ends so. */
const LIKE_A_FILE =
  /\.(?:css|m?js|map|json|png|jpe?g|gif|webp|avif|svg|ico|bmp|woff2?|ttf|otf|eot|pdf|txt|xml|csv|zip|gz|mp[34])$/i;
const FILES = new Set(["/icon.svg"]);

const isNoFile = (path: string) => LIKE_A_FILE.test(path) && !FILES.has(path) && !path.startsWith("/api/");

export function proxy(request: NextRequest): NextResponse {
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString("base64");
  const given = request.headers.get("x-request-id");
  const requestId = given && REQUEST_ID.test(given) ? given : crypto.randomUUID();
  const policy = contentSecurityPolicy(nonce, process.env.NODE_ENV === "development");

  const headers = new Headers(request.headers);
  headers.set("x-nonce", nonce);
  headers.set("x-request-id", requestId);
  headers.set("x-path", request.nextUrl.pathname + request.nextUrl.search);
  headers.set("content-security-policy", policy);

  const response = isNoFile(request.nextUrl.pathname)
    ? new NextResponse(null, { status: 404, headers: { "cache-control": "no-store" } })
    : NextResponse.next({ request: { headers } });
  response.headers.set("content-security-policy", policy);
  response.headers.set("x-request-id", requestId);
  for (const [name, value] of Object.entries(ALWAYS)) response.headers.set(name, value);
  if (isEncrypted(request)) {
    response.headers.set("strict-transport-security", `max-age=${TWO_YEARS}; includeSubDomains`);
  }
  return response;
}

// The files of the build carry what next.config.js says.
export const config = { matcher: ["/((?!_next/|favicon.ico).*)"] };
