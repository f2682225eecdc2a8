import { getCsrfToken } from "next-auth/react";

/**
 * Sends the browser to a sign-in service. next-auth's own function knows only the services that it lists, and those of tenants
 * are nobody's to list.
 */
export async function startSignIn(service: string, next: string): Promise<void> {
  const body = new URLSearchParams({ csrfToken: (await getCsrfToken()) ?? "", callbackUrl: next, json: "true" });
  const answer = await fetch(`/api/auth/signin/${service}`, { method: "POST", body });
  const { url }: { url?: unknown } = await answer.json();
  window.location.assign(webAddress(String(url), window.location.href));
}

/** Whoever runs a service says where it is; `javascript:` and the like are no places to go to. */
export function webAddress(url: string, here: string): string {
  const { href, protocol } = new URL(url, here);
  if (protocol !== "https:" && protocol !== "http:") throw new Error("The sign-in service has no address of the web.");
  return href;
}
