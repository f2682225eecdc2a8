import type { Part } from "./part";

const MOST_ITEMS = 50;
const MOST_DEPTH = 12;
const MOST_TEXT = 2_000;

/** A value of JSON that opens and closes; the outer levels are open. */
export function JsonTree({ part, open = 1, depth = 0 }: { part: Part; open?: number; depth?: number }) {
  const { value } = part;
  if (typeof value !== "object" || value === null) return <Leaf part={part} />;
  const list = Array.isArray(value);
  const entries = list ? part.items.map((item, index) => [String(index), item] as const) : part.entries;
  if (entries.length === 0) return <span className="text-muted">{list ? "[]" : "{}"}</span>;
  if (depth >= MOST_DEPTH) return <span className="text-muted">…</span>;
  return (
    <ul className="min-w-0 space-y-0.5">
      {entries.slice(0, MOST_ITEMS).map(([name, item]) => (
        <li key={name} className="min-w-0 [overflow-wrap:anywhere]">
          <Entry name={name} item={item} open={open} depth={depth} />
        </li>
      ))}
      {entries.length > MOST_ITEMS ? <li className="text-muted">… +{entries.length - MOST_ITEMS}</li> : null}
    </ul>
  );
}

function Entry({ name, item, open, depth }: { name: string; item: Part; open: number; depth: number }) {
  const nested = typeof item.value === "object" && item.value !== null && !item.isEmpty;
  if (!nested) {
    return (
      <>
        <span className="text-muted">{name}:</span> <JsonTree part={item} depth={depth + 1} />
      </>
    );
  }
  const size = Array.isArray(item.value) ? `[${item.items.length}]` : `{${item.entries.length}}`;
  return (
    <details open={depth < open}>
      <summary className="text-muted">
        {name} <span>{size}</span>
      </summary>
      <div className="border-l border-line-strong pl-3">
        <JsonTree part={item} open={open} depth={depth + 1} />
      </div>
    </details>
  );
}

function Leaf({ part }: { part: Part }) {
  if (part.value === null) return <span className="text-muted">null</span>;
  const text = part.string;
  if (text === "") return <span className="text-muted">""</span>;
  return <span className="whitespace-pre-wrap">{text.length > MOST_TEXT ? `${text.slice(0, MOST_TEXT)}…` : text}</span>;
}
