import { signOut } from "next-auth/react";

/** What the pages keep in a browser is all called `signalbox.…`; the choice of light or dark is not, and stays. */
export function forgetKept(storages: readonly Pick<Storage, "length" | "key" | "removeItem">[]): void {
  for (const storage of storages) {
    const names = Array.from({ length: storage.length }, (_, at) => storage.key(at));
    for (const name of names) if (name?.startsWith("signalbox.")) storage.removeItem(name);
  }
}

/** Ends the session and leaves nothing of it in this browser. The next page is loaded anew. */
export async function leave(callbackUrl: string): Promise<void> {
  try {
    forgetKept([localStorage, sessionStorage]);
  } catch {
    // Storage may be forbidden; then nothing is kept there.
  }
  await signOut({ callbackUrl });
}
