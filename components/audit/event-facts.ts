/** What an event tells, sorted for reading: what was and what is now, and whatever else it holds. */
export interface EventFacts {
  changes: { name: string; before: unknown; after: unknown }[];
  facts: { name: string; value: unknown }[];
}

/** Kept as JSON text or as steps; they are shown as what they say. */
const HIDDEN = new Set(["before", "after", "edits", "changes", "document"]);
/** What an event that tells only `before` calls what it is now. */
const NOW = ["after", "title", "baseRevision", "status"];

export function eventFacts(data: Readonly<Record<string, unknown>>): EventFacts {
  const told = "before" in data || "after" in data;
  const now = told ? NOW.find((name) => name in data) : undefined;
  const name = now === undefined || now === "after" ? "value" : now;
  return {
    changes: told ? split(name, data.before, now === undefined ? undefined : data[now]) : [],
    facts: Object.entries(data)
      .filter(([key]) => !HIDDEN.has(key) && !(told && key === now))
      .map(([key, value]) => ({ name: key, value })),
  };
}

/** Objects are told key by key, and only what differs. */
function split(name: string, before: unknown, after: unknown): EventFacts["changes"] {
  if (!isObject(before) || !isObject(after)) return [{ name, before, after }];
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return keys
    .filter((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]))
    .map((key) => ({ name: key, before: before[key], after: after[key] }));
}

/** Its values stand in steps that mean something only beside the document: the server tells what it did. */
export const isEdit = ({
  streamType,
  data,
}: {
  streamType: string;
  data: Readonly<Record<string, unknown>>;
}): boolean => streamType === "change" && Array.isArray(data.edits);

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** What somebody wrote who was erased since: nobody can read it any more. */
export function isErased(value: unknown): boolean {
  return isObject(value) && typeof value.erased === "string" && Object.keys(value).length === 1;
}

/** For people: plain words as they are, everything else as JSON. Undefined: there is nothing. */
export function valueText(value: unknown): string | undefined {
  if (value === undefined || value === null || value === "") return undefined;
  return typeof value === "string" ? value : JSON.stringify(value, null, 1);
}
