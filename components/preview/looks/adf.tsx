import { Each } from "./each";
import type { Mark } from "./marks";
import { Marks } from "./marks";
import type { Part } from "./part";

const MOST_DEPTH = 20;
const MOST_NODES = 500;
const STYLES: Readonly<Record<string, "bold" | "italic" | "underline" | "strike" | "code">> = {
  strong: "bold",
  em: "italic",
  underline: "underline",
  strike: "strike",
  code: "code",
};

/** A document of Jira (Atlassian Document Format). */
export function AdfDocument({ document }: { document: Part }) {
  return <Each of={marksOf(document, 0)}>{(mark) => <Marks marks={[mark]} />}</Each>;
}

function marksOf(node: Part, depth: number): Mark[] {
  if (depth > MOST_DEPTH) return ["…"];
  return node
    .list("content")
    .slice(0, MOST_NODES)
    .flatMap((child) => nodeMarks(child, depth + 1));
}

function nodeMarks(node: Part, depth: number): Mark[] {
  const attributes = node.get("attrs");
  switch (node.text("type")) {
    case "text":
      return [styled(node)];
    case "hardBreak":
      return [{ kind: "break" }];
    case "paragraph":
      return [{ kind: "paragraph", children: marksOf(node, depth) }];
    case "heading":
      return [{ kind: "heading", level: attributes.get("level").number ?? 1, children: marksOf(node, depth) }];
    case "blockquote":
    case "panel":
      return [{ kind: "quote", children: marksOf(node, depth) }];
    case "codeBlock":
      return [
        {
          kind: "pre",
          text: node
            .list("content")
            .map((child) => child.text("text"))
            .join(""),
        },
      ];
    case "rule":
      return [{ kind: "rule" }];
    case "bulletList":
    case "orderedList": {
      const start = node.text("type") === "orderedList" ? (attributes.get("order").number ?? 1) : null;
      return [{ kind: "list", start, items: node.list("content").map((item) => marksOf(item, depth + 1)) }];
    }
    case "mention":
      return [{ kind: "mention", children: [attributes.text("text")] }];
    case "emoji":
      return [attributes.text("text") || attributes.text("shortName")];
    case "inlineCard":
      return [{ kind: "link", url: attributes.text("url"), children: [attributes.text("url")] }];
    default:
      return marksOf(node, depth);
  }
}

function styled(node: Part): Mark {
  let mark: Mark = node.text("text");
  for (const style of node.list("marks").slice(0, MOST_DEPTH)) {
    const kind = STYLES[style.text("type")];
    if (kind) mark = { kind, children: [mark] };
    else if (style.text("type") === "link")
      mark = { kind: "link", url: style.get("attrs").text("href"), children: [mark] };
  }
  return mark;
}
