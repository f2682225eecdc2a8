import type { HttpRequest } from "@/lib/alertmanager/notifications/request";
import { cn } from "../../ui/cn";
import { ButtonPicture } from "./attachment";
import { ChatMessage } from "./chat-message";
import { Each } from "./each";
import { Facts } from "./facts";
import { ADAPTIVE_CARD } from "./flavours";
import { Folded } from "./folded";
import { markdown } from "./markdown";
import { Marks } from "./marks";
import { jsonOf, type Part } from "./part";
import { RemoteImage } from "./remote-image";

const FOLD = { characters: 2_500, lines: 50 };
const COLORS: Readonly<Record<string, string>> = {
  attention: "text-critical",
  good: "text-success",
  warning: "text-warning",
  accent: "text-accent",
};
const SIZES: Readonly<Record<string, string>> = {
  small: "text-12",
  medium: "text-14",
  large: "text-18",
  extralarge: "text-24",
};
const WEIGHTS: Readonly<Record<string, string>> = { bolder: "font-semibold", lighter: "font-normal" };

/** An Adaptive Card in a channel of Teams. */
export function AdaptiveCard({ request, now }: { request: HttpRequest; now?: string | undefined }) {
  const cards = jsonOf(request).list("attachments");
  return (
    <ChatMessage author="Workflows" now={now}>
      <Each of={cards}>
        {(card) => (
          <div className="mt-1 min-w-0 space-y-2 rounded-md border border-line-strong px-3 py-2.5 [overflow-wrap:anywhere]">
            <Each of={card.get("content").list("body")}>{(element) => <Element element={element} depth={0} />}</Each>
            <Actions actions={card.get("content").list("actions")} />
          </div>
        )}
      </Each>
    </ChatMessage>
  );
}

const MOST_DEPTH = 8;

function Element({ element, depth }: { element: Part; depth: number }) {
  if (depth > MOST_DEPTH) return null;
  switch (element.text("type")) {
    case "TextBlock":
      return <TextBlock block={element} />;
    case "FactSet":
      return <Facts facts={element.list("facts").map((fact) => [fact.text("title"), fact.text("value")] as const)} />;
    case "Image":
      return <RemoteImage url={element.text("url")} alt={element.text("altText")} />;
    case "ActionSet":
      return <Actions actions={element.list("actions")} />;
    case "Container":
    case "Column":
      return <Each of={element.list("items")}>{(item) => <Element element={item} depth={depth + 1} />}</Each>;
    case "ColumnSet":
      return (
        <div className="flex flex-wrap gap-3">
          <Each of={element.list("columns")}>
            {(column) => (
              <div className="min-w-0 flex-1">
                <Element element={column} depth={depth + 1} />
              </div>
            )}
          </Each>
        </div>
      );
    default:
      return null;
  }
}

function TextBlock({ block }: { block: Part }) {
  const of = (key: string) => block.text(key).toLowerCase();
  // A block that does not wrap ends with its line.
  const cut = !block.flag("wrap");
  return (
    <div
      className={cn(
        COLORS[of("color")],
        SIZES[of("size")],
        WEIGHTS[of("weight")],
        block.flag("isSubtle") && "text-muted",
        cut && "overflow-hidden text-ellipsis whitespace-nowrap",
      )}
    >
      <Folded text={block.text("text")} rule={FOLD}>
        {(shown) => <Marks marks={markdown(shown, ADAPTIVE_CARD)} />}
      </Folded>
    </div>
  );
}

function Actions({ actions }: { actions: readonly Part[] }) {
  if (actions.length === 0) return null;
  return (
    <div className="flex flex-wrap gap-2">
      <Each of={actions}>{(action) => <ButtonPicture label={action.text("title")} url={action.text("url")} />}</Each>
    </div>
  );
}
