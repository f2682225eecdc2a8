import { isIP } from "node:net";

/** Of the browser that asks. Our listener puts it there, over whatever the client or a proxy nobody trusts may have sent. */
export function clientAddressOf(headers: Headers): string {
  const address = headers.get("x-forwarded-for")?.split(",").at(-1)?.trim() ?? "";
  return isIP(address) ? address : "unknown";
}
