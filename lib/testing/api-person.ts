/** An answer of 400 or more. */
export class Refused extends Error {
  readonly status: number;
  constructor(what: string, status: number, text: string) {
    super(`${what}: ${status} ${text.slice(0, 500)}`);
    this.status = status;
  }
}

export interface Call {
  body?: unknown;
  form?: Record<string, string>;
  ifMatch?: number;
  timeoutMs?: number;
  headers?: Record<string, string>;
}

/** It stands behind `#`, which no browser sends. */
export function tokenOf(link: string): string {
  return new URLSearchParams(new URL(link).hash.slice(1)).get("token") ?? "";
}

/** Somebody with a session of their own who talks to the API as the browser does. */
export class ApiPerson {
  readonly cookies = new Map<string, string>();
  readonly #base: string;

  constructor(base: string) {
    this.#base = base;
  }

  static async signIn(base: string, token: string): Promise<ApiPerson> {
    const person = new ApiPerson(base);
    const { csrfToken } = await person.call<{ csrfToken: string }>("GET", "/api/auth/csrf");
    await person.call("POST", "/api/auth/callback/link", { form: { csrfToken, token, json: "true" } });
    return person;
  }

  async call<Answer>(
    method: string,
    where: string,
    { body, form, ifMatch, timeoutMs, headers }: Call = {},
  ): Promise<Answer> {
    const answer = await fetch(this.#base + where, {
      method,
      redirect: "manual",
      signal: AbortSignal.timeout(timeoutMs ?? 20_000),
      headers: {
        cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; "),
        origin: this.#base,
        "x-signalbox-csrf": "1",
        ...headers,
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...(ifMatch === undefined ? {} : { "if-match": `"${ifMatch}"` }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(form === undefined ? {} : { body: new URLSearchParams(form) }),
    });
    for (const cookie of answer.headers.getSetCookie()) {
      const [, name, value] = cookie.match(/^([^=]+)=([^;]*)/) ?? [];
      if (name && value !== undefined) this.cookies.set(name, value);
    }
    const text = await answer.text();
    if (answer.status >= 400) throw new Refused(`${method} ${where}`, answer.status, text);
    const isJson = /^application\/(?:[\w.-]+\+)?json\b/.test(answer.headers.get("content-type") ?? "");
    return (isJson && text !== "" ? JSON.parse(text) : text) as Answer;
  }
}
