import { createRequire } from "node:module";
import { NextRequest } from "next/server";

// next-auth and we read the request through Next's own module; this stands for the one request that is being answered.
let current = new Headers();
const next = createRequire(import.meta.url)("next/headers") as Record<string, unknown>;
next.headers = async () => current;
next.cookies = async () => ({
  getAll: () =>
    (current.get("cookie") ?? "")
      .split("; ")
      .filter(Boolean)
      .map((pair) => ({
        name: pair.slice(0, pair.indexOf("=")),
        value: decodeURIComponent(pair.slice(pair.indexOf("=") + 1)),
      })),
});

export const APP = "http://127.0.0.1:3000";

export class Browser {
  private readonly jars = new Map<string, Map<string, string>>();
  /** `address`: what our listener puts into the header, see lib/cli/listener.ts. */
  constructor(private readonly address = "203.0.113.9") {}
  private jar(url: string) {
    const { origin } = new URL(url);
    if (!this.jars.has(origin)) this.jars.set(origin, new Map());
    return this.jars.get(origin)!;
  }
  cookie(url: string): string {
    return [...this.jar(url)].map(([name, value]) => `${name}=${value}`).join("; ");
  }
  copy(): Browser {
    const other = new Browser();
    for (const [name, value] of this.jar(APP)) other.jar(APP).set(name, value);
    return other;
  }
  async send(url: string, form?: Record<string, string>): Promise<Response> {
    const headers = new Headers({ cookie: this.cookie(url), "user-agent": "Browser of a test" });
    headers.set("x-forwarded-for", this.address);
    if (form) headers.set("content-type", "application/x-www-form-urlencoded");
    const body = form && new URLSearchParams(form).toString();
    const init = { method: form ? "POST" : "GET", headers, redirect: "manual" as const, ...(body ? { body } : {}) };
    const response = url.startsWith(APP) ? await toApp(url, init) : await fetch(url, init);
    for (const line of response.headers.getSetCookie()) {
      const [pair = ""] = line.split(";");
      const name = pair.slice(0, pair.indexOf("="));
      const value = pair.slice(pair.indexOf("=") + 1);
      if (value === "" || /max-age=0|expires=thu, 01 jan 1970/i.test(line)) this.jar(url).delete(name);
      else this.jar(url).set(name, value);
    }
    return response;
  }
  async auth(action: string, form: Record<string, string>): Promise<string> {
    const { csrfToken } = (await (await this.send(`${APP}/api/auth/csrf`)).json()) as { csrfToken: string };
    const response = await this.send(`${APP}/api/auth/${action}`, {
      csrfToken,
      callbackUrl: APP,
      json: "true",
      ...form,
    });
    const answer = await response.text();
    const { url } = JSON.parse(answer) as { url?: string };
    if (!url) throw new Error(`${action} answered ${response.status} ${answer}`);
    return url;
  }
  /** As a page or a handler of ours would see this browser. */
  as<T>(work: () => Promise<T>): Promise<T> {
    current = new Headers({ cookie: this.cookie(APP), "x-request-id": "request-of-a-test" });
    return work();
  }
}

export async function toApp(url: string, init: { method: string; headers: Headers; body?: string }): Promise<Response> {
  current = init.headers;
  const [{ default: NextAuth }, { authOptions }, { signInServiceFor }] = await Promise.all([
    import("next-auth"),
    import("../auth-options"),
    import("../sign-in/come-back"),
  ]);
  const nextauth = new URL(url).pathname.split("/").slice(3);
  return NextAuth(
    new NextRequest(url, init) as never,
    { params: Promise.resolve({ nextauth }) } as never,
    authOptions(await signInServiceFor(...nextauth)),
  );
}
