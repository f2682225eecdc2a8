/** Which open change a person edits is theirs and this browser's; a lost note only means to choose again. */
function key(slug: string): string {
  return `signalbox.change.${slug}`;
}

export function chosenChange(slug: string): string | null {
  try {
    return localStorage.getItem(key(slug));
  } catch {
    return null;
  }
}

export function rememberChange(slug: string, id: string | null): void {
  try {
    if (id === null) localStorage.removeItem(key(slug));
    else localStorage.setItem(key(slug), id);
  } catch {
    // Storage may be forbidden; the newest open change is taken then.
  }
}
