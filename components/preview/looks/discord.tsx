import type { HttpRequest } from "@/lib/alertmanager/notifications/request";
import { ColorBar } from "./attachment";
import { ChatMessage } from "./chat-message";
import { numberColor } from "./color";
import { Each } from "./each";
import { DISCORD } from "./flavours";
import { Folded } from "./folded";
import { markdown } from "./markdown";
import { Marks } from "./marks";
import { jsonOf, type Part } from "./part";
import { Refused } from "./refused";
import { RemoteImage } from "./remote-image";
import { SafeLink } from "./safe-link";

/** Discord shows all of the 4,096 characters that it takes; this pane folds them. */
const FOLD = { characters: 2_000, lines: 40 };

export function Discord({ request, now }: { request: HttpRequest; now?: string | undefined }) {
  const body = jsonOf(request);
  const embeds = body.list("embeds");
  const content = body.text("content");
  const blank = content.trim() === "" && embeds.every(isBlank);
  return (
    <>
      {blank ? <Refused by="Discord" answer="Cannot send an empty message" /> : null}
      <ChatMessage author={body.text("username")} tag="APP" now={now}>
        <div className="space-y-1.5 [overflow-wrap:anywhere]">
          {content === "" ? null : (
            <div>
              <Folded text={content} rule={FOLD}>
                {(shown) => <Marks marks={markdown(shown, DISCORD)} />}
              </Folded>
            </div>
          )}
          <Each of={embeds}>{(embed) => <Embed embed={embed} />}</Each>
        </div>
      </ChatMessage>
    </>
  );
}

function isBlank(embed: Part): boolean {
  const shown = ["title", "description"].map((key) => embed.text(key).trim()).join("");
  return shown === "" && embed.list("fields").length === 0 && embed.get("image").isEmpty;
}

function Embed({ embed }: { embed: Part }) {
  const [title, description] = [embed.text("title"), embed.text("description")];
  const footer = embed.get("footer").text("text");
  return (
    <ColorBar
      color={numberColor(embed.get("color").number)}
      className="rounded-md border border-line border-l-4 bg-sunken px-3 py-2.5"
    >
      {title === "" ? null : (
        <div className="font-semibold">
          <SafeLink url={embed.text("url")}>
            <Marks marks={markdown(title, { ...DISCORD, headings: false })} />
          </SafeLink>
        </div>
      )}
      {description === "" ? null : (
        <div className="mt-1">
          <Folded text={description} rule={FOLD}>
            {(shown) => <Marks marks={markdown(shown, DISCORD)} />}
          </Folded>
        </div>
      )}
      {embed.list("fields").length === 0 ? null : (
        <dl className="mt-1.5 grid grid-cols-2 gap-x-4 gap-y-1.5">
          <Each of={embed.list("fields")}>
            {(field) => (
              <div className={field.flag("inline") ? "min-w-0" : "col-span-2 min-w-0"}>
                <dt className="font-semibold">{field.text("name")}</dt>
                <dd>
                  <Marks marks={markdown(field.text("value"), DISCORD)} />
                </dd>
              </div>
            )}
          </Each>
        </dl>
      )}
      <RemoteImage url={embed.get("image").text("url")} />
      {footer === "" ? null : <p className="mt-1.5 text-12 text-muted">{footer}</p>}
    </ColorBar>
  );
}
