import { ButtonPicture } from "./attachment";
import { Each } from "./each";
import { Folded } from "./folded";
import { Marks } from "./marks";
import type { Part } from "./part";
import { RemoteImage } from "./remote-image";
import { slackMrkdwn, slackPlain } from "./slack-mrkdwn";

/** Long sections fold behind "see more". */
const FOLD = { characters: 3_000, lines: 20 };

/** Messages that are made of Slack's blocks. */
export function SlackBlocks({ blocks }: { blocks: readonly Part[] }) {
  return <Each of={blocks}>{(block) => <SlackBlock block={block} />}</Each>;
}

function SlackBlock({ block }: { block: Part }) {
  switch (block.text("type")) {
    case "header":
      return <p className="text-14 font-semibold">{slackPlain(block.get("text").text("text"))}</p>;
    case "divider":
      return <hr className="my-1.5 border-line-strong" />;
    case "image":
      return <RemoteImage url={block.text("image_url")} alt={block.text("alt_text")} />;
    case "context":
      return (
        <div className="flex flex-wrap gap-x-2 text-12 text-muted">
          <Each of={block.list("elements")}>
            {(element) => (
              <div>
                <BlockText text={element} />
                <RemoteImage url={element.text("image_url")} alt={element.text("alt_text")} small />
              </div>
            )}
          </Each>
        </div>
      );
    case "actions":
      return (
        <div className="flex flex-wrap gap-2">
          <Each of={block.list("elements")}>{(element) => <BlockButton element={element} />}</Each>
        </div>
      );
    case "section":
      return (
        <div className="space-y-1.5">
          <BlockText text={block.get("text")} />
          <div className="grid grid-cols-2 gap-x-4 gap-y-1.5">
            <Each of={block.list("fields")}>
              {(field) => (
                <div className="min-w-0">
                  <BlockText text={field} />
                </div>
              )}
            </Each>
          </div>
          {block.get("accessory").text("type") === "button" ? <BlockButton element={block.get("accessory")} /> : null}
        </div>
      );
    default:
      return null;
  }
}

function BlockText({ text }: { text: Part }) {
  const written = text.text("text");
  if (written === "") return null;
  return (
    <div>
      <Folded text={written} rule={FOLD}>
        {(shown) => <Marks marks={text.text("type") === "mrkdwn" ? slackMrkdwn(shown) : [slackPlain(shown)]} />}
      </Folded>
    </div>
  );
}

function BlockButton({ element }: { element: Part }) {
  return (
    <ButtonPicture
      label={slackPlain(element.get("text").text("text"))}
      url={element.text("url")}
      kind={element.text("style")}
    />
  );
}
