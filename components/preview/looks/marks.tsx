import { cn } from "../../ui/cn";
import { Each } from "./each";
import { SafeLink } from "./safe-link";

const INLINE = ["bold", "italic", "underline", "strike", "code", "spoiler", "mention", "faint", "inserted"] as const;
type InlineKind = (typeof INLINE)[number];

/** A piece of a message as its provider understands it. No piece holds markup of a browser. */
export type Mark =
  | string
  | { kind: InlineKind; children: readonly Mark[] }
  | { kind: "link"; url: string; children: readonly Mark[] }
  | { kind: "image"; url: string; alt: string }
  | { kind: "pre"; text: string }
  | { kind: "quote"; children: readonly Mark[] }
  | { kind: "heading"; level: number; children: readonly Mark[] }
  | { kind: "paragraph"; children: readonly Mark[] }
  | { kind: "list"; start: number | null; items: readonly (readonly Mark[])[] }
  | { kind: "rule" }
  | { kind: "break" };

const CLASSES: Record<InlineKind, string> = {
  bold: "font-semibold",
  italic: "italic",
  underline: "underline underline-offset-2",
  inserted: "underline underline-offset-2",
  strike: "line-through",
  code: "rounded-sm border border-line bg-sunken px-1 font-mono text-12 [overflow-wrap:anywhere]",
  spoiler: "rounded-sm bg-pressed px-0.5",
  mention: "rounded-sm bg-accent-soft px-0.5 text-accent",
  faint: "text-12 text-muted",
};
const TAGS = { bold: "strong", italic: "em", code: "code", strike: "s", inserted: "ins" } as const;

function isInline(mark: Exclude<Mark, string>): mark is { kind: InlineKind; children: readonly Mark[] } {
  return INLINE.some((kind) => kind === mark.kind);
}

export function Marks({ marks }: { marks: readonly Mark[] }) {
  return (
    <Each of={marks}>
      {(mark) => (typeof mark === "string" ? mark : isInline(mark) ? <Inline mark={mark} /> : <Block mark={mark} />)}
    </Each>
  );
}

function Inline({ mark: { kind, children } }: { mark: { kind: InlineKind; children: readonly Mark[] } }) {
  const Tag = kind in TAGS ? TAGS[kind as keyof typeof TAGS] : "span";
  return (
    <Tag className={CLASSES[kind]}>
      <Marks marks={children} />
    </Tag>
  );
}

type BlockMark = Exclude<Mark, string | { kind: InlineKind }>;

function Block({ mark }: { mark: BlockMark }) {
  switch (mark.kind) {
    case "link":
      return (
        <SafeLink url={mark.url}>
          <Marks marks={mark.children} />
        </SafeLink>
      );
    case "image":
      return <SafeLink url={mark.url}>{mark.alt || mark.url}</SafeLink>;
    case "pre":
      return (
        <pre className="my-1 max-w-full rounded-sm border border-line bg-sunken px-2 py-1 font-mono whitespace-pre-wrap [overflow-wrap:anywhere]">
          {mark.text}
        </pre>
      );
    case "quote":
      return (
        <blockquote className="my-0.5 border-l-4 border-line-strong pl-2.5">
          <Marks marks={mark.children} />
        </blockquote>
      );
    case "heading":
      return (
        <p className={cn("mt-1 font-semibold", mark.level <= 1 ? "text-18" : mark.level === 2 ? "text-14" : "text-13")}>
          <Marks marks={mark.children} />
        </p>
      );
    case "paragraph":
      return (
        <p className="my-1.5 first:mt-0 last:mb-0">
          <Marks marks={mark.children} />
        </p>
      );
    case "list":
      return <List {...mark} />;
    case "rule":
      return <hr className="my-2 border-line-strong" />;
    default:
      return <br />;
  }
}

function List({ start, items }: { start: number | null; items: readonly (readonly Mark[])[] }) {
  const shown = (
    <Each of={items}>
      {(item) => (
        <li>
          <Marks marks={item} />
        </li>
      )}
    </Each>
  );
  if (start === null) return <ul className="my-1 list-disc pl-5">{shown}</ul>;
  return (
    <ol className="my-1 list-decimal pl-6" start={start}>
      {shown}
    </ol>
  );
}

/** The words of a message without what it looks like. */
export function wordsOf(marks: readonly Mark[]): string {
  return marks
    .map((mark) => {
      if (typeof mark === "string") return mark;
      if ("children" in mark) return wordsOf(mark.children);
      if (mark.kind === "pre") return mark.text;
      if (mark.kind === "list") return mark.items.map(wordsOf).join("\n");
      return mark.kind === "image" ? mark.alt : "\n";
    })
    .join("");
}
