import { useEffect, useState } from "react";

function tokenIn(hash: string): string | null {
  return new URLSearchParams(hash.slice(1)).get("token") || null;
}

/**
 * The token behind `#` in the address, which no browser sends to a server; it is taken out of the address and its history at once.
 * `undefined` until the page has looked, `null` when there is none.
 */
export function useLinkToken(): string | null | undefined {
  const [token, setToken] = useState<string | null>();
  useEffect(() => {
    let waiting: ReturnType<typeof setTimeout> | undefined;
    const look = () => {
      const found = tokenIn(window.location.hash);
      setToken((before) => found ?? before ?? null);
      if (!found) return;
      // The router learns it too, once it listens, or it would bring the address back.
      clearTimeout(waiting);
      waiting = setTimeout(() => window.history.replaceState(null, "", window.location.pathname));
    };
    look();
    // Another link opened in the same tab loads no page.
    window.addEventListener("hashchange", look);
    return () => {
      clearTimeout(waiting);
      window.removeEventListener("hashchange", look);
    };
  }, []);
  return token;
}
